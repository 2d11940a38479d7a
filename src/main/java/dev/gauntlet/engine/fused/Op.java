package dev.gauntlet.engine.fused;

/**
 * A part of a network with the memory for a tile of rows. What goes from one to the next is an
 * array of {@code rows x (units + 1)} numbers; the last column is of no meaning but to a matrix
 * product, which makes it 1 for its bias.
 */
interface Op extends AutoCloseable {

  /**
   * @param in may be changed, and is needed until {@link #backward}
   * @return valid until the next call
   */
  float[] forward(float[] in, int rows, boolean training);

  /**
   * After a {@link #forward} in training of the same rows.
   *
   * @param delta the gradient with regard to what that returned; may be changed
   * @return the gradient with regard to its input, in an array that may be {@code delta}; null if
   *     nobody needs it
   */
  float[] backward(float[] delta, int rows);

  @Override
  default void close() {}
}
