package dev.gauntlet.train;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.search.Candidate;
import java.util.function.ToDoubleFunction;

/**
 * One training of one candidate, or a stage of it.
 *
 * @param training rows that weights are fitted to
 * @param stopping rows that early stopping watches
 * @param classWeights factor of each class in the loss, in the order of the classes
 * @param stoppingScore the early-stopping metric of a model's probabilities for {@code stopping}
 * @param seed of initial weights, of the order of rows and of dropout
 * @param epochs hears of each epoch
 */
public record TrainingTask(
    Candidate candidate,
    Rows training,
    Rows stopping,
    double[] classWeights,
    ToDoubleFunction<float[]> stoppingScore,
    Seed seed,
    Stage stage,
    EpochListener epochs) {

  /** All epochs of the candidate's plan; nobody listens. */
  public TrainingTask(
      Candidate candidate,
      Rows training,
      Rows stopping,
      double[] classWeights,
      ToDoubleFunction<float[]> stoppingScore,
      Seed seed) {
    this(
        candidate,
        training,
        stopping,
        classWeights,
        stoppingScore,
        seed,
        new Stage(candidate.plan().epochs(), null),
        EpochListener.NONE);
  }
}
