package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the space is searched. Of the budgets the first that is hit ends the search.
 *
 * @param candidates that are trained, at most; a grid with more is an error
 * @param maxTrials trainings, at most: repeats count, and each stage of a candidate that is trained
 *     on; null for no limit
 * @param maxEpochs planned epochs of all trainings, at most; null for no limit
 * @param maxTime after which no training begins, counted from the first one; null for no limit
 * @param repeats trainings of each candidate, from different seeds; their mean ranks
 * @param metric what ranks, on the validation rows in the search and on each fold after it; null
 *     for the task's usual one, which it is from {@link SearchConfig} on
 * @param direction written out for the reader; it must be the metric's own
 */
@Moved(key = "grid-steps", now = "strategy: {type: grid, steps: 5}")
public record StrategyConfig(
    @Default("random") Strategy strategy,
    @Default("20") @Bounds(min = 1, max = 1_000_000) int candidates,
    @Default("") @Bounds(min = 1) Integer maxTrials,
    @Default("") @Bounds(min = 1) Integer maxEpochs,
    @Default("") Duration maxTime,
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
    return new StrategyConfig(
        strategy, candidates, maxTrials, maxEpochs, maxTime, repeats, chosen, chosen.direction());
  }
}
