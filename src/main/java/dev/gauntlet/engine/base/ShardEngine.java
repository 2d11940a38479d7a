package dev.gauntlet.engine.base;

import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;

/** An engine that trains some steps of a network at a time, on some of its rows. */
public interface ShardEngine extends WeightsEngine {

  /**
   * A network to be trained on the task's rows.
   *
   * @param weights to begin with
   * @param steps taken by then
   */
  Learner learner(TrainingTask task, Weights weights, int steps) throws TrainingFailedException;
}
