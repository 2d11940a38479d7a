package dev.gauntlet.leaderboard;

/** What tells how much each of several values decides a number: a random forest fitted to it. */
public interface Forest {

  /**
   * The share of each column in what the forest explains: the fall of the variance at its splits
   * (Breiman et al., Classification and Regression Trees, 1984; Breiman, Random Forests, Machine
   * Learning 45, 2001). Equal arguments give equal results, wherever this runs.
   *
   * @param points rows x columns; in a column of categories places from 0
   * @param categories of each column, 0 for a column of numbers
   * @param targets one for each row, not all equal
   * @return one for each column, from 0; they sum to 1, or to 0 where nothing is explained
   */
  double[] importance(double[][] points, int[] categories, double[] targets);
}
