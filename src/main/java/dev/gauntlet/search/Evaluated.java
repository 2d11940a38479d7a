package dev.gauntlet.search;

/**
 * A proposal that was trained.
 *
 * @param cost lower is better; {@link Double#POSITIVE_INFINITY} if there is no score
 */
record Evaluated(double[] point, double share, double cost) {}
