package dev.gauntlet.validate;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;

/** What a candidate should beat: fitted to the same rows, scored on the same rows. */
public interface Baseline {

  /**
   * Fits to the training rows and predicts others.
   *
   * @param seed equal seeds give equal predictions, bit for bit
   * @return as of a trained model, {@code rows.size() x rows.outputs()}
   */
  float[] predictions(Rows training, Rows rows, Seed seed);
}
