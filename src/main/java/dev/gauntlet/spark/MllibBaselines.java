package dev.gauntlet.spark;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.validate.Baseline;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** The registry of baselines that MLlib fits. */
final class MllibBaselines {
  private MllibBaselines() {}

  /**
   * @param task of the search; the kind is one for it
   * @param data that all rows it will be given are of
   * @return empty for a kind that needs no MLlib
   */
  static Optional<Baseline> of(
      ValidateConfig.Baseline kind, Task task, JavaSparkContext spark, SharedExperiment data) {
    return Optional.ofNullable(learner(kind, task == Task.REGRESSION))
        .map(learner -> new MllibBaseline(learner, spark, data));
  }

  private static Learner learner(ValidateConfig.Baseline kind, boolean numbers) {
    return switch (kind) {
      case MAJORITY, STRATIFIED_RANDOM, MEAN -> null;
      case LOGISTIC_REGRESSION -> LinearLearners::logistic;
      case LINEAR_REGRESSION -> LinearLearners::leastSquares;
      case RANDOM_FOREST -> numbers ? TreeLearners::forestOfNumbers : TreeLearners::forest;
      case GRADIENT_BOOSTED_TREES -> numbers ? TreeLearners::boostedNumbers : TreeLearners::boosted;
    };
  }
}
