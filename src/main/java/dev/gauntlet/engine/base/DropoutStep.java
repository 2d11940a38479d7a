package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;

/**
 * The dropout of a layer's inputs. Whether the value of a unit is kept in a row is a hash of (pass,
 * layer, row, unit) and of nothing else: rows come in blocks of {@link #BLOCK}; pass, layer and
 * block are the key of a {@link DropoutMask}, and the value's place in its block is the counter.
 */
final class DropoutStep implements Step {
  static final int BLOCK = 64;

  private final int layer;
  private final DropoutMask factors;
  private float[] mask = new float[0];
  private float[] out;

  /**
   * @param layer whose inputs are dropped
   * @param keep probability, above 0 and at most 1
   */
  DropoutStep(int layer, double keep) {
    this.layer = layer;
    this.factors = new DropoutMask(keep);
  }

  @Override
  public Activations apply(Activations in, Seed pass, int firstRow) {
    float[] values = in.values();
    int rows = (int) in.shape()[0];
    mask(pass, firstRow, rows, values.length / rows);
    multiply(values, mask, out);
    return new Activations(out, in.shape());
  }

  /**
   * The factors of the values, {@code rows x units}: 0 or 1 / keep.
   *
   * @param firstRow a multiple of {@link #BLOCK}
   */
  float[] mask(Seed pass, int firstRow, int rows, int units) {
    if (mask.length != rows * units) {
      mask = new float[rows * units];
      out = new float[mask.length];
    }
    Seed seed = pass.derive("dropout", layer);
    for (int row = 0; row < rows; row += BLOCK) {
      long key = seed.derive("block", (firstRow + row) / BLOCK).value();
      factors.fill(key, mask, row * units, Math.min(BLOCK, rows - row) * units);
    }
    return mask;
  }

  private static void multiply(float[] values, float[] factors, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = values[i] * factors[i];
    }
  }
}
