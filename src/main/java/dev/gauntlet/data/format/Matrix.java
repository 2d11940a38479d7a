package dev.gauntlet.data.format;

/**
 * Numbers in C order: row after row.
 *
 * @param shape rows first; the product of the rest is the number of columns
 * @param values as many as the product of the shape
 */
record Matrix(int[] shape, float[] values) {

  int rows() {
    return shape[0];
  }

  int columns() {
    return values.length / shape[0];
  }
}
