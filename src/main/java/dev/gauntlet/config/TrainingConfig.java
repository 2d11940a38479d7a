package dev.gauntlet.config;

import java.io.Serializable;

/**
 * How a candidate is trained.
 *
 * @param batchSize rows per step; the last batch of an epoch may be smaller
 * @param epochs passes over the training rows, at most
 * @param classWeights weights of the classes in the loss
 */
public record TrainingConfig(
    @Default("32") @Bounds(min = 1) Range<Integer> batchSize,
    @Default("40") @Bounds(min = 1) Range<Integer> epochs,
    @Default("none") ClassWeights classWeights,
    @Default("{}") EarlyStopping earlyStopping)
    implements Serializable {

  /** Weights of the classes in the loss. */
  public enum ClassWeights {
    /** All 1. */
    NONE,
    /** rows / (classes x rows of the class), as in scikit-learn. */
    BALANCED
  }

  /**
   * Stops when the validation rows have not improved; the best epoch's weights are restored.
   *
   * @param patience epochs without improvement before training stops; 0 trains all epochs and keeps
   *     the last weights
   * @param minDelta the smallest change that is an improvement
   * @param metric what must improve
   */
  public record EarlyStopping(
      @Default("0") @Bounds(min = 0) int patience,
      @Default("0") @Bounds(min = 0) double minDelta,
      @Default("log-loss") Metric metric)
      implements Serializable {}
}
