package dev.gauntlet.config;

import java.io.Serializable;

/**
 * How a learning rate r changes with the epoch e, which counts from 0. A schedule is as long as the
 * candidate's {@code epochs} E, whenever training stops.
 */
public sealed interface ScheduleConfig extends Serializable {

  /** r in all epochs. */
  record None() implements ScheduleConfig {}

  /**
   * r factor^floor(e / every).
   *
   * @param every epochs at one rate
   */
  record Step(
      @Default("0.5") @Bounds(min = 0, above = true, max = 1) Range<Double> factor,
      @Default("10") @Bounds(min = 1, max = 1_000_000) Range<Integer> every)
      implements ScheduleConfig {}

  /** r factor^e. */
  record Exponential(@Default("0.95") @Bounds(min = 0, above = true, max = 1) Range<Double> factor)
      implements ScheduleConfig {}

  /** r / (1 + gamma e)^power. */
  record Inverse(
      @Default("0.1") @Bounds(min = 0) Range<Double> gamma,
      @Default("1") @Bounds(min = 0) Range<Double> power)
      implements ScheduleConfig {}

  /** r (1 - e / E)^power. */
  record Poly(@Default("1") @Bounds(min = 0) Range<Double> power) implements ScheduleConfig {}

  /**
   * r / (1 + exp(gamma (e - step))).
   *
   * @param step the epoch with half the rate
   */
  record Sigmoid(
      @Default("0.2") @Bounds(min = 0) Range<Double> gamma,
      @Default("20") @Bounds(min = 0, max = 1_000_000) Range<Integer> step)
      implements ScheduleConfig {}

  /**
   * r (m + (1 - m) (1 + cos(pi e / E)) / 2), after Loshchilov and Hutter (2017), without restarts.
   *
   * @param minShare m, the share of the rate that is left at the end
   */
  record Cosine(@Default("0") @Bounds(min = 0, max = 1) Range<Double> minShare)
      implements ScheduleConfig {}
}
