package dev.gauntlet.engine.fused;

/** A function of each number. */
final class ActivationOp implements Op {
  private final Activation function;
  private final int width;
  private final float[] own;
  private final Exponential exponential = new Exponential();
  private float[] in;
  private float[] out;

  /**
   * @param keeps whether its input must stay as it is for the part before
   * @param width numbers of a row, with what is of no meaning
   * @param capacity rows, at most
   */
  ActivationOp(Activation function, boolean keeps, int width, int capacity) {
    this.function = function;
    this.width = width;
    this.own = keeps || function.needsInput() ? new float[capacity * width] : null;
  }

  @Override
  public float[] forward(float[] values, int rows, boolean training) {
    in = values;
    out = own == null ? values : own;
    function.apply(in, out, rows * width, exponential);
    return out;
  }

  @Override
  public float[] backward(float[] delta, int rows) {
    function.backward(in, out, delta, rows * width);
    return delta;
  }
}
