package dev.gauntlet.search;

/**
 * Chooses points of the search space. Point i is a function of the search seed and i alone,
 * whatever was asked for before.
 */
public interface SearchStrategy {

  /** How many points there are, within the budget. */
  int size();

  /**
   * A point in the unit cube of the search space.
   *
   * @param i from 0 to {@link #size} - 1
   */
  double[] point(int i);
}
