package dev.gauntlet.config;

import java.io.Serializable;

/**
 * How the space is searched.
 *
 * @param candidates how many are trained; a grid may hold fewer, never more
 * @param gridSteps values that a grid takes from each interval, at most; evenly spaced in
 *     probability
 * @param repeats trainings of each candidate, from different seeds; their mean ranks
 * @param metric what ranks, on the validation rows in the search and on each fold after it
 * @param direction written out for the reader; it must be the metric's own
 */
public record StrategyConfig(
    @Default("random") Strategy strategy,
    @Default("20") @Bounds(min = 1, max = 1_000_000) int candidates,
    @Default("5") @Bounds(min = 2, max = 1000) int gridSteps,
    @Default("1") @Bounds(min = 1, max = 1000) int repeats,
    @Default("accuracy") Metric metric,
    @Default("") Metric.Direction direction)
    implements Serializable {

  public StrategyConfig {
    if (direction == null) {
      direction = metric.direction();
    } else if (direction != metric.direction()) {
      throw new IllegalArgumentException(
          "direction: "
              + Names.word(direction)
              + " for metric "
              + Names.word(metric)
              + "; the rule: "
              + Names.word(metric.direction())
              + ". Maybe leave it out.");
    }
  }

  /** How points are chosen. */
  public enum Strategy {
    RANDOM,
    GRID
  }
}
