package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.fused.Plan.Pooled;
import dev.gauntlet.search.Volume;
import java.util.Arrays;

/**
 * The maximum or the mean of squares. What squares have at the same place is put into an array for
 * a line of them, so that loops go over arrays of the same shape.
 */
final class PoolOp implements Op {
  private final Pooled part;
  private final Volume out;
  private final int cells;
  private final int length;
  private final float[] values;
  private final float[] back;
  private final float[][] cell;
  private final float[] best;
  private final float[] delta;
  private final float[] left;
  private final float[] share;
  private float[] in;

  /**
   * @param back for the gradient that it returns, as large as what it gets
   * @param capacity images, at most
   */
  PoolOp(Pooled part, float[] back, int capacity) {
    this.part = part;
    this.out = part.out();
    this.cells = part.height() * part.width();
    this.length = out.width() * out.channels();
    this.values = new float[capacity * (int) out.values()];
    this.back = back;
    this.cell = new float[cells][length];
    this.best = new float[length];
    this.delta = new float[length];
    this.left = new float[length];
    this.share = new float[length];
  }

  /** Where the first square of a line has its cell. */
  private int start(int row, int y, int number) {
    int line = y * part.height() + number / part.width();
    int column = number % part.width();
    Volume size = part.in();
    return ((row * size.height() + line) * size.width() + column) * size.channels();
  }

  private void gather(int row, int y) {
    int channels = out.channels();
    int step = part.width() * channels;
    for (int number = 0; number < cells; number++) {
      int at = start(row, y, number);
      for (int to = 0; to < length; to += channels) {
        System.arraycopy(in, at, cell[number], to, channels);
        at += step;
      }
    }
  }

  @Override
  public float[] forward(float[] images, int rows, boolean training) {
    in = images;
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < out.height(); y++) {
        gather(row, y);
        combine();
        System.arraycopy(best, 0, values, (row * out.height() + y) * length, length);
      }
    }
    return values;
  }

  private void combine() {
    System.arraycopy(cell[0], 0, best, 0, length);
    for (int number = 1; number < cells; number++) {
      if (part.maximum()) {
        maximum(best, cell[number], length);
      } else {
        Loops.add(best, cell[number], length);
      }
    }
    if (!part.maximum()) {
      scale(best, 1f / cells, length);
    }
  }

  @Override
  public float[] backward(float[] deltas, int rows) {
    if (leavesEdge()) {
      Arrays.fill(back, 0, rows * (int) part.in().values(), 0);
    }
    for (int row = 0; row < rows; row++) {
      for (int y = 0; y < out.height(); y++) {
        int at = (row * out.height() + y) * length;
        System.arraycopy(deltas, at, delta, 0, length);
        if (part.maximum()) {
          // Of the cells again: what follows may have changed the values where they are.
          gather(row, y);
          combine();
          Arrays.fill(left, 1);
        } else {
          scale(delta, 1f / cells, length);
        }
        for (int number = 0; number < cells; number++) {
          if (part.maximum()) {
            share(best, cell[number], left, share, length);
            Loops.multiply(share, delta, length);
            scatter(row, y, number, share);
          } else {
            scatter(row, y, number, delta);
          }
        }
      }
    }
    return back;
  }

  private boolean leavesEdge() {
    return (long) out.height() * out.width() * cells
        < (long) part.in().height() * part.in().width();
  }

  private void scatter(int row, int y, int number, float[] from) {
    int channels = out.channels();
    int step = part.width() * channels;
    int to = start(row, y, number);
    for (int at = 0; at < length; at += channels) {
      System.arraycopy(from, at, back, to, channels);
      to += step;
    }
  }

  private static void maximum(float[] target, float[] other, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = Math.max(target[i], other[i]);
    }
  }

  private static void scale(float[] target, float factor, int size) {
    for (int i = 0; i < size; i++) {
      target[i] *= factor;
    }
  }

  /** 1 for the first of those that are the best, which the others of its square do not get then. */
  private static void share(float[] best, float[] cell, float[] left, float[] share, int size) {
    for (int i = 0; i < size; i++) {
      float large = (best[i] - cell[i]) * Float.MAX_VALUE * Float.MAX_VALUE;
      share[i] = left[i] * (1 - Math.min(1, large));
      left[i] -= share[i];
    }
  }
}
