package dev.gauntlet.config;

import java.io.Serializable;

/** An optimizer with its own ranges. */
public sealed interface OptimizerConfig extends Serializable {

  Range<Double> learningRate();

  /**
   * Stochastic gradient descent.
   *
   * @param momentum Nesterov's; 0 for none
   */
  record Sgd(
      @Default("0.01") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> momentum)
      implements OptimizerConfig {}

  /** Adam (Kingma and Ba 2015) with decay rates 0.9 and 0.999. */
  record Adam(@Default("0.001") @Bounds(min = 0, above = true) Range<Double> learningRate)
      implements OptimizerConfig {}
}
