package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;
import java.io.Serializable;
import java.util.List;

/**
 * How a candidate is trained.
 *
 * @param batchSize rows per step; the last batch of an epoch may be smaller
 * @param epochs passes over the training rows, at most
 * @param loss what training minimises
 * @param classWeights weights of the classes in the loss
 * @param distribution what executors share
 * @param shards parts of the training rows that are trained on side by side, whose weights are
 *     averaged; 0 (auto): one for each GiB of rows, and at least 2
 * @param averagingFrequency steps on each shard between two averagings; 0 (epoch): all of an epoch
 */
public record TrainingConfig(
    @Default("32") @Bounds(min = 1) Range<Integer> batchSize,
    @Default("40") @Bounds(min = 1) Range<Integer> epochs,
    @Default("auto") Range<Loss> loss,
    @Default("none") ClassWeights classWeights,
    @Default("{}") EarlyStopping earlyStopping,
    @Default("auto") Distribution distribution,
    @Default("auto") @ZeroWord("auto") @Bounds(min = 1, max = 10_000) int shards,
    @Default("epoch") @ZeroWord("epoch") @Bounds(min = 1) int averagingFrequency)
    implements Serializable {

  /** What training minimises, and with it the output layer. */
  public enum Loss {
    /** Binary cross-entropy for two classes, categorical for more, MSE for a number. */
    AUTO(null),
    /** One sigmoid unit, the probability of the second of two classes. */
    BINARY_CROSS_ENTROPY(Task.CLASSIFICATION),
    /** A softmax with a unit for each class. */
    CATEGORICAL_CROSS_ENTROPY(Task.CLASSIFICATION),
    /** The mean squared error of a number at mean 0 and deviation 1. */
    MSE(Task.REGRESSION),
    /** The mean absolute error of a number at mean 0 and deviation 1. */
    MAE(Task.REGRESSION);

    private final Task task;

    Loss(Task task) {
      this.task = task;
    }
  }

  /** What executors share. */
  public enum Distribution {
    /** Parameter averaging where the data does not fit an executor, else a candidate each. */
    AUTO,
    /**
     * A candidate is trained by one executor, on all rows; as many at a time as there are slots.
     */
    PER_CANDIDATE,
    /** A candidate is trained by all executors, each on its shard of the rows. */
    PARAMETER_AVERAGING
  }

  /**
   * Stops when the validation rows have not improved; the best epoch's weights are restored.
   *
   * @param patience epochs without improvement before training stops; 0 trains all epochs and keeps
   *     the last weights
   * @param minDelta the smallest change that is an improvement
   * @param metric what must improve; null for the task's usual one, which it is from {@link
   *     SearchConfig} on
   */
  public record EarlyStopping(
      @Default("0") @Bounds(min = 0) int patience,
      @Default("0") @Bounds(min = 0) double minDelta,
      @Default("") Metric metric)
      implements Serializable {}

  /** The same, for so many epochs and without early stopping. */
  public TrainingConfig of(int count) {
    var never = new EarlyStopping(0, 0, earlyStopping.metric);
    return new TrainingConfig(
        batchSize,
        new Range.Fixed<>(count),
        loss,
        classWeights,
        never,
        distribution,
        shards,
        averagingFrequency);
  }

  /** The same, distributed so. */
  public TrainingConfig distributed(Distribution how, int parts) {
    return new TrainingConfig(
        batchSize, epochs, loss, classWeights, earlyStopping, how, parts, averagingFrequency);
  }

  /** Whether candidates are trained on shards of the rows. */
  public boolean averages() {
    return distribution == Distribution.PARAMETER_AVERAGING;
  }

  TrainingConfig forTask(Task task) {
    if (task == Task.REGRESSION && !(classWeights instanceof ClassWeights.None)) {
      throw new IllegalArgumentException(
          "space.training.class-weights: there are no classes; task is regression. Maybe none.");
    }
    requireLossesOf(task);
    requireShards();
    Metric usual = task == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
    String key = "space.training.early-stopping.metric";
    Metric metric = Metric.forTask(key, earlyStopping.metric, usual, task);
    var stopping = new EarlyStopping(earlyStopping.patience, earlyStopping.minDelta, metric);
    return new TrainingConfig(
        batchSize, epochs, loss, classWeights, stopping, distribution, shards, averagingFrequency);
  }

  private void requireShards() {
    if (distribution == Distribution.PER_CANDIDATE && (shards > 0 || averagingFrequency > 0)) {
      throw new IllegalArgumentException(
          "space.training."
              + (shards > 0 ? "shards: " + shards : "averaging-frequency: " + averagingFrequency)
              + " with distribution: per-candidate, which averages nothing. Maybe distribution:"
              + " parameter-averaging.");
    }
  }

  private void requireLossesOf(Task task) {
    List<Loss> losses =
        loss instanceof Range.Choice<Loss> choice ? choice.values() : List.of(loss.value());
    for (Loss one : losses) {
      if (one.task != null && one.task != task) {
        throw new IllegalArgumentException(
            "space.training.loss: "
                + Names.word(one)
                + " with task "
                + Names.word(task)
                + ". Maybe auto.");
      }
    }
  }
}
