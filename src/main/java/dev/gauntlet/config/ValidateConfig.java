package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;
import java.io.Serializable;
import java.util.List;

/**
 * The gauntlet that the winners run.
 *
 * @param winners candidates that run it, best first
 * @param folds of the stratified cross-validation over all rows but the test rows
 * @param repeats of the cross-validation, each with folds of its own
 * @param rope half the width of the region of practical equivalence: a difference of the metric; a
 *     fraction of the best row's mean where the metric is not bounded
 * @param calibration of the winners' probabilities
 * @param baselines rows to compare with; null for the simplest one of the task, which it is from
 *     {@link SearchConfig} on
 */
public record ValidateConfig(
    @Default("3") @Bounds(min = 1, max = 1000) int winners,
    @Default("10") @Bounds(min = 2, max = 1000) int folds,
    @Default("1") @Bounds(min = 1, max = 1000) int repeats,
    @Default("0.005") @Bounds(min = 0, max = 1) double rope,
    @Default("{}") McDropout mcDropout,
    @Default("none") Calibration calibration,
    @Default("") List<Baseline> baselines)
    implements Serializable {

  public ValidateConfig {
    baselines = baselines == null ? null : List.copyOf(baselines);
    if (baselines != null && baselines.stream().distinct().count() < baselines.size()) {
      throw new IllegalArgumentException("baselines: the same one twice. Maybe remove one.");
    }
  }

  /** Trainings of each winner in the cross-validation. */
  public int trainings() {
    return folds * repeats;
  }

  ValidateConfig forTask(Task task) {
    if (task == Task.REGRESSION && calibration != Calibration.NONE) {
      throw new IllegalArgumentException(
          "validate.calibration: "
              + Names.word(calibration)
              + " with task regression; the rule: it is for probabilities. Maybe none.");
    }
    if (baselines == null) {
      Baseline simplest = task == Task.REGRESSION ? Baseline.MEAN : Baseline.MAJORITY;
      return new ValidateConfig(
          winners, folds, repeats, rope, mcDropout, calibration, List.of(simplest));
    }
    for (Baseline baseline : baselines) {
      if (baseline.task != null && baseline.task != task) {
        throw new IllegalArgumentException(
            "validate.baselines: "
                + Names.word(baseline)
                + " with task "
                + Names.word(task)
                + ". Maybe leave it out.");
      }
    }
    return this;
  }

  /**
   * Monte Carlo dropout (Gal and Ghahramani 2016) on the test rows.
   *
   * @param passes with dropout on; 0 for none, else at least 2
   * @param rate the dropout of a network that has none, which is trained once more for this
   */
  public record McDropout(
      @Default("100") @Bounds(min = 0, max = 1_000_000) int passes,
      @Default("0.5") @Bounds(min = 0, above = true, max = 1, below = true) double rate)
      implements Serializable {
    public McDropout {
      if (passes == 1) {
        throw new IllegalArgumentException(
            "passes: 1 has no standard deviation; the rule: 0 or at least 2.");
      }
    }
  }

  /** What is done to the probabilities of a winner, beside leaving them alone. */
  public enum Calibration {
    /** Nothing. */
    NONE,
    /** One temperature divides the logits (Guo et al. 2017). */
    TEMPERATURE
  }

  /** A row that is not a candidate. */
  public enum Baseline {
    /** Predicts the most frequent class of the training rows. */
    MAJORITY(Task.CLASSIFICATION),
    /** Draws each row's class with the training rows' shares. */
    STRATIFIED_RANDOM(Task.CLASSIFICATION),
    LOGISTIC_REGRESSION(Task.CLASSIFICATION),
    /** Predicts the mean of the training rows. */
    MEAN(Task.REGRESSION),
    /** Ordinary least squares. */
    LINEAR_REGRESSION(Task.REGRESSION),
    RANDOM_FOREST(null),
    /** Of numbers, or of two classes. */
    GRADIENT_BOOSTED_TREES(null);

    private final Task task;

    /**
     * @param task null for both
     */
    Baseline(Task task) {
      this.task = task;
    }
  }
}
