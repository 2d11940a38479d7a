package dev.gauntlet.train;

import dev.gauntlet.config.Seed;

/**
 * Monte Carlo dropout passes over some rows: predictions with dropout on, and everything else, such
 * as batch normalisation, in inference mode. What no dropout changes may be kept from pass to pass.
 * For one thread at a time.
 */
public interface DropoutSampler {

  /**
   * One pass, shaped as {@link TrainedModel#predictions}: {@code rows.size() x rows.outputs()}.
   *
   * <p>The i-th row's part is a function of the model, of the row, of i and of the seed, bit by
   * bit: other rows, and how many there are, change nothing.
   *
   * @param seed of the dropout masks
   */
  float[] pass(Seed seed);
}
