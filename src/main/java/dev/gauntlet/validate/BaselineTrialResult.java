package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import java.util.Map;

/**
 * What a fit of a baseline gave.
 *
 * @param failure the cause if there is no score, else null
 * @param score of the metric; NaN after a failure
 * @param scores every metric of the task; empty after a failure
 * @param seconds from start to end
 */
public record BaselineTrialResult(
    BaselineTrial trial, String failure, double score, Map<Metric, Double> scores, double seconds) {

  /** A fit that could not be made at all. */
  public static BaselineTrialResult failed(BaselineTrial trial, String cause) {
    return new BaselineTrialResult(trial, cause, Double.NaN, Map.of(), 0);
  }

  public boolean failed() {
    return failure != null;
  }
}
