package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Rows by the probability of one class, and whether they are of it. Every probability that occurs
 * is a threshold; rows with the same one are on the same side of all thresholds.
 */
final class ThresholdCurve {
  /** The order of the probability above, whether the row is of the class in the last bit. */
  private final long[] sorted;

  private final long positives;

  private ThresholdCurve(long[] keys) {
    Arrays.sort(keys);
    long sum = 0;
    for (long key : keys) {
      sum += key & 1;
    }
    this.sorted = keys;
    this.positives = sum;
  }

  static ThresholdCurve of(int c, float[] probabilities, Rows rows) {
    long[] keys = new long[rows.size()];
    for (int i = 0; i < keys.length; i++) {
      int order = order(probabilities[i * rows.outputs() + c]);
      keys[i] = ((long) order << 1) | (rows.label(i) == c ? 1 : 0);
    }
    return new ThresholdCurve(keys);
  }

  /**
   * Of the last of two classes; of more, each class against the rest, and the mean over those that
   * have rows and not all of them.
   *
   * @return NaN if one class has all rows
   */
  static double mean(float[] probabilities, Rows rows, ToDoubleFunction<ThresholdCurve> area) {
    double sum = 0;
    int defined = 0;
    for (int c = rows.outputs() == 2 ? 1 : 0; c < rows.outputs(); c++) {
      ThresholdCurve curve = of(c, probabilities, rows);
      if (curve.positives > 0 && curve.positives < curve.sorted.length) {
        sum += area.applyAsDouble(curve);
        defined++;
      }
    }
    return sum / defined;
  }

  /** Integers in the order of numbers; -0 is 0. */
  private static int order(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /**
   * The share of pairs of a positive and another row in which the positive has the higher
   * probability; half of those that are equal. It is the area by trapezoids.
   */
  double roc() {
    long twice = 0;
    long below = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = end(from);
      long positive = positives(from, to);
      long negative = to - from - positive;
      twice += positive * (2 * below + negative);
      below += negative;
      from = to;
    }
    return twice / (2.0 * positives * (sorted.length - positives));
  }

  /** The mean over positives of the precision at their threshold, as in scikit-learn. */
  double averagePrecision() {
    double sum = 0;
    long above = positives;
    for (int from = 0; from < sorted.length; ) {
      int to = end(from);
      long positive = positives(from, to);
      sum += positive * ((double) above / (sorted.length - from));
      above -= positive;
      from = to;
    }
    return sum / positives;
  }

  /** Where the rows with the same probability end. */
  private int end(int from) {
    int to = from + 1;
    while (to < sorted.length && sorted[to] >> 1 == sorted[from] >> 1) {
      to++;
    }
    return to;
  }

  private long positives(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += sorted[i] & 1;
    }
    return sum;
  }
}
