/**
 * The Java API: {@link dev.gauntlet.Gauntlet#run} is the pipeline. May import every package but
 * {@code spark} and {@code cli}.
 */
package dev.gauntlet;
