/**
 * Hyperparameter ranges as Arbiter spaces, strategies that choose points in them, and the {@link
 * dev.gauntlet.search.Candidate} that a point stands for. The only user of Arbiter. May import
 * {@code config}.
 */
package dev.gauntlet.search;
