package dev.gauntlet.config;

import java.io.Serializable;

/** An optimizer with its own ranges; defaults are those of its paper, or of common use. */
public sealed interface OptimizerConfig extends Serializable {

  /** What has a learning rate, which may change from epoch to epoch. */
  interface Scheduled {

    /** The rate that the schedule starts from. */
    Range<Double> learningRate();

    Range<ScheduleConfig> schedule();

    /** Epochs at the start in which the rate rises in equal steps to that of the schedule. */
    Range<Integer> warmUp();
  }

  /**
   * Stochastic gradient descent.
   *
   * @param momentum Nesterov's; 0 for none
   */
  record Sgd(
      @Default("0.01") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> momentum,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * Nesterov's accelerated gradient (Sutskever et al. 2013).
   *
   * @param momentum the share of the last step that is repeated
   */
  record Nesterov(
      @Default("0.01") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> momentum,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * Adam (Kingma and Ba 2015).
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of their squares
   * @param epsilon what is added to a divisor
   */
  record Adam(
      @Default("0.001") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> beta1,
      @Default("0.999") @Bounds(min = 0, max = 1, below = true) Range<Double> beta2,
      @Default("1e-8") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * Adam with the largest gradient in place of the mean square (Kingma and Ba 2015).
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the largest of them
   * @param epsilon what is added to a divisor
   */
  record Adamax(
      @Default("0.002") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> beta1,
      @Default("0.999") @Bounds(min = 0, max = 1, below = true) Range<Double> beta2,
      @Default("1e-8") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * Adam with Nesterov's momentum (Dozat 2016).
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of their squares
   * @param epsilon what is added to a divisor
   */
  record Nadam(
      @Default("0.002") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> beta1,
      @Default("0.999") @Bounds(min = 0, max = 1, below = true) Range<Double> beta2,
      @Default("1e-8") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * Adam with steps that never grow (Reddi, Kale and Kumar 2018).
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of their squares
   * @param epsilon what is added to a divisor
   */
  record Amsgrad(
      @Default("0.001") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> beta1,
      @Default("0.999") @Bounds(min = 0, max = 1, below = true) Range<Double> beta2,
      @Default("1e-8") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * RMSProp (Tieleman and Hinton 2012).
   *
   * @param decay of the mean of squared gradients
   * @param epsilon what is added to a divisor
   */
  record Rmsprop(
      @Default("0.001") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("0.9") @Bounds(min = 0, max = 1, below = true) Range<Double> decay,
      @Default("1e-8") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * AdaGrad (Duchi, Hazan and Singer 2011).
   *
   * @param epsilon what is added to a divisor
   */
  record Adagrad(
      @Default("0.01") @Bounds(min = 0, above = true) Range<Double> learningRate,
      @Default("1e-6") @Bounds(min = 0, above = true) Range<Double> epsilon,
      @Default("none") Range<ScheduleConfig> schedule,
      @Default("0") @Bounds(min = 0, max = 1_000_000) Range<Integer> warmUp)
      implements OptimizerConfig, Scheduled {}

  /**
   * AdaDelta (Zeiler 2012), which has no learning rate.
   *
   * @param rho decay of the means of squared gradients and steps
   * @param epsilon what is added to both
   */
  record Adadelta(
      @Default("0.95") @Bounds(min = 0, max = 1, below = true) Range<Double> rho,
      @Default("1e-6") @Bounds(min = 0, above = true) Range<Double> epsilon)
      implements OptimizerConfig {}
}
