/**
 * Contracts between what wants a network trained and what trains it. May import {@code config},
 * {@code data} and {@code search}.
 */
package dev.gauntlet.train;
