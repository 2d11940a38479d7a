package dev.gauntlet.engine.base;

import dev.gauntlet.data.Rows;

/** A network that is being trained, as an engine has it. For one thread at a time. */
public interface Learner extends AutoCloseable {

  /**
   * Begins an epoch: learning rates follow it, and dropout is seeded by it.
   *
   * @param epoch from 1
   */
  void begin(int epoch);

  /**
   * One step of the optimizer.
   *
   * @param order positions in the training rows
   * @param from the batch is {@code order[from .. from + size - 1]}
   * @return the mean loss of the batch before the step, regularisation included
   */
  double step(int[] order, int from, int size);

  /** As {@link dev.gauntlet.train.TrainedModel#predictions}, of the weights as they are now. */
  float[] predictions(Rows rows);

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

  /** Frees what it holds outside the heap. */
  @Override
  default void close() {}
}
