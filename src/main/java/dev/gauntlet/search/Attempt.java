package dev.gauntlet.search;

/**
 * What one round does with one candidate.
 *
 * @param candidate its id: 0, 1, 2 ... in the order of the first proposals
 * @param point of the candidate in the unit cube
 * @param from epochs that it was trained for before
 * @param until epochs that it is trained up to
 */
public record Attempt(int candidate, double[] point, int from, int until) {

  /** That it trains. */
  int epochs() {
    return until - from;
  }
}
