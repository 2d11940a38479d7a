package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Split;
import java.util.Arrays;
import java.util.Random;

/**
 * The order in which an epoch goes through rows: window after window, in a random order, and the
 * rows of each in a random order. Rows that are read from a disk come a window at a time; where
 * there is one window it is the order of all rows.
 */
public final class RowOrder {
  private final int[] rows;
  private final int[] ends;

  /** Of so many rows in one window. */
  public static RowOrder of(int rows) {
    return new RowOrder(new int[] {rows});
  }

  /**
   * @param windows sizes; the rows of a window are side by side
   */
  public RowOrder(int[] windows) {
    this.ends = windows.clone();
    Arrays.parallelPrefix(ends, Integer::sum);
    this.rows = new int[ends[ends.length - 1]];
  }

  /** A function of seed and epoch, not of the epochs before. */
  public void shuffle(int epoch, Seed seed) {
    Random random = seed.derive("epoch", epoch).random();
    int[] windows = new int[ends.length];
    Arrays.setAll(windows, i -> i);
    Split.shuffle(windows, 0, windows.length, random);
    int at = 0;
    for (int window : windows) {
      int from = at;
      for (int row = window == 0 ? 0 : ends[window - 1]; row < ends[window]; row++) {
        rows[at++] = row;
      }
      Split.shuffle(rows, from, at, random);
    }
  }

  public int size() {
    return rows.length;
  }

  /** Positions of rows, in the order of the last shuffle; not to be changed. */
  public int[] rows() {
    return rows;
  }
}
