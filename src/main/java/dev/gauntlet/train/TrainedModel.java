package dev.gauntlet.train;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;

/** A trained network. */
public interface TrainedModel {

  /** Class probabilities, row after row, {@code rows.size() x rows.classes()}. */
  float[] probabilities(Rows rows);

  /**
   * One Monte Carlo dropout pass: as {@link #probabilities}, with dropout on and batch
   * normalisation in inference mode.
   *
   * @param seed of the dropout masks
   */
  float[] sampledProbabilities(Rows rows, Seed seed);

  LearningCurve curve();

  /**
   * A DL4J model file, with the updater's state and the scaling of encoded inputs, loadable by
   * plain DL4J.
   */
  byte[] file();
}
