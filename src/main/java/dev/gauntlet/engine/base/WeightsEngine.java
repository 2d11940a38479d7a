package dev.gauntlet.engine.base;

import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;

/**
 * An engine whose networks can be trained from outside: their weights go out of it and come in.
 * Weights are in the engine's own order.
 */
public interface WeightsEngine extends TrainingEngine {

  /**
   * Initial weights of a task's network, by its seed.
   *
   * @throws TrainingFailedException if the engine cannot train it
   */
  Weights initial(TrainingTask task) throws TrainingFailedException;

  /** The engine's own order of the weights of a task's network. */
  WeightOrder order(TrainingTask task) throws TrainingFailedException;

  /**
   * A network that was trained elsewhere.
   *
   * @param steps that were taken
   * @param checkpoint of {@link Training#checkpoint}
   */
  TrainedModel model(
      TrainingTask task, Weights weights, int steps, LearningCurve curve, byte[] checkpoint)
      throws TrainingFailedException;
}
