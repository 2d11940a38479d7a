package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Weights;

/**
 * A network that is being trained, where its device has it. Each is used by one thread, which a
 * device may let wait for those of other programs, to take the steps of networks of one shape
 * together; what a program gives does not depend on that, bit by bit.
 */
interface Program extends AutoCloseable {

  /**
   * One step of the optimizer. Allocates nothing once it has been called a few times.
   *
   * @param order positions in the rows of the examples; not kept
   * @param from the batch is {@code order[from .. from + size - 1]}
   * @param number of the step, from 0
   * @param rate learning rate; 1 for an optimizer without
   * @param mask of the epoch: what is dropped is a function of it, the step's number and the place
   * @return the mean loss of the batch before the step, regularisation included
   */
  double step(int[] order, int from, int size, int number, double rate, long mask);

  /**
   * Of the weights as they are, with running statistics and without dropout.
   *
   * @return {@code rows.size() x rows.outputs()}
   */
  float[] predictions(Rows rows);

  /** A copy in the order of the layout; the state kind after kind, each as long as the weights. */
  Weights weights();

  /** Puts back what was copied. */
  void restore(Weights weights);

  @Override
  void close();
}
