package dev.gauntlet.train;

import dev.gauntlet.data.Rows;

/** A trained network. */
public interface TrainedModel extends AutoCloseable {

  /** Class probabilities, or numbers in their own unit: {@code rows.size() x rows.outputs()}. */
  float[] predictions(Rows rows);

  /** Monte Carlo dropout passes over these rows. */
  DropoutSampler sampler(Rows rows);

  LearningCurve curve();

  /**
   * What a later stage of the same training goes on from, with any engine; null after the last
   * epoch of the plan.
   */
  byte[] checkpoint();

  /**
   * A DL4J model file, with the updater's state and the scaling of encoded inputs, loadable by
   * plain DL4J.
   */
  byte[] file();

  /** Frees what it holds outside the heap; it is of no use any more, and neither is a sampler. */
  @Override
  default void close() {}
}
