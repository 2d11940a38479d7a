package dev.gauntlet.engine.base;

import dev.gauntlet.train.TrainingFailedException;

/** A network that is being trained, epoch by epoch, wherever that is. */
public interface Epochs {

  /**
   * Trains an epoch.
   *
   * @param epoch from 1
   * @return the mean loss of its rows, regularisation included
   * @throws TrainingFailedException if the loss is not finite
   */
  double train(int epoch) throws TrainingFailedException;

  /**
   * Predictions for the rows that early stopping watches, of the weights as they are now: as in
   * {@link dev.gauntlet.train.TrainedModel#predictions}.
   */
  float[] stopping();

  /** Steps so far, in the stages before too. */
  int steps();

  /** A copy. */
  Weights weights();

  /**
   * Puts back what was copied.
   *
   * @param steps taken by then
   */
  void restore(Weights weights, int steps);
}
