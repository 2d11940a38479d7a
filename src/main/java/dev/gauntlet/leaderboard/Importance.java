package dev.gauntlet.leaderboard;

import java.util.List;

/**
 * What a search says about one hyperparameter.
 *
 * @param name path under {@code space}
 * @param importance its share in what decides the search score, 0 to 1
 * @param best its best value
 * @param values of a choice, best first; empty for a range
 * @param low the first quartile of a range's values in the best quarter of the candidates; NaN for
 *     a choice
 * @param high the third quartile
 */
public record Importance(
    String name, double importance, Object best, List<Tried> values, double low, double high) {

  /**
   * One value of a choice.
   *
   * @param candidates that have it and a score
   * @param score their median search score
   */
  public record Tried(Object value, int candidates, double score) {}
}
