package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;

/** A part of a forward pass: a layer, what reshapes its input, or the dropout of its input. */
public interface Step {

  /**
   * Takes a tile of rows one step further.
   *
   * @param in not changed
   * @param pass seed of the pass
   * @param firstRow position of the tile's first row
   * @return valid until the next call
   */
  Activations apply(Activations in, Seed pass, int firstRow);

  /**
   * What a step puts out for a tile of rows.
   *
   * @param values in c order
   * @param shape rows first
   */
  record Activations(float[] values, long[] shape) {}
}
