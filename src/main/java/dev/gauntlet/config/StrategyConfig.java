package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;
import java.io.Serializable;

/**
 * How the space is searched.
 *
 * @param candidates how many are trained; a grid may hold fewer, never more
 * @param gridSteps values that a grid takes from each interval, at most; evenly spaced in
 *     probability
 * @param repeats trainings of each candidate, from different seeds; their mean ranks
 * @param metric what ranks, on the validation rows in the search and on each fold after it; null
 *     for the task's usual one, which it is from {@link SearchConfig} on
 * @param direction written out for the reader; it must be the metric's own
 */
public record StrategyConfig(
    @Default("random") Strategy strategy,
    @Default("20") @Bounds(min = 1, max = 1_000_000) int candidates,
    @Default("5") @Bounds(min = 2, max = 1000) int gridSteps,
    @Default("1") @Bounds(min = 1, max = 1000) int repeats,
    @Default("") Metric metric,
    @Default("") Metric.Direction direction)
    implements Serializable {

  StrategyConfig forTask(Task task) {
    Metric usual = task == Task.REGRESSION ? Metric.RMSE : Metric.ACCURACY;
    Metric chosen = Metric.forTask("search.metric", metric, usual, task);
    if (direction != null && direction != chosen.direction()) {
      throw new IllegalArgumentException(
          "search.direction: "
              + Names.word(direction)
              + " for metric "
              + Names.word(chosen)
              + "; the rule: "
              + Names.word(chosen.direction())
              + ". Maybe leave it out.");
    }
    return new StrategyConfig(strategy, candidates, gridSteps, repeats, chosen, chosen.direction());
  }

  /** How points are chosen. */
  public enum Strategy {
    RANDOM,
    GRID
  }
}
