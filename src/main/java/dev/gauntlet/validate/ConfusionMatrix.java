package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How many rows of each class were predicted to be of which. What has nothing to be divided by is
 * 0, as in scikit-learn.
 *
 * @param counts {@code classes x classes}: a row for each true class, a column for each predicted
 *     one
 */
public record ConfusionMatrix(int[][] counts) implements Serializable {

  /** Something of one class. */
  interface OfClass {
    double of(ConfusionMatrix matrix, int c);
  }

  /**
   * @param probabilities {@code rows.size() x rows.outputs()}
   */
  public static ConfusionMatrix of(float[] probabilities, Rows rows) {
    int classes = rows.outputs();
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < rows.size(); i++) {
      counts[rows.label(i)][predicted(probabilities, i, classes)]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** The most probable class, the first of equals. */
  static int predicted(float[] probabilities, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[row * classes + c] > probabilities[row * classes + best]) {
        best = c;
      }
    }
    return best;
  }

  public int classes() {
    return counts.length;
  }

  /** Rows of a class. */
  public int support(int c) {
    return Arrays.stream(counts[c]).sum();
  }

  /** Rows predicted to be of a class. */
  public int predicted(int c) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[c];
    }
    return sum;
  }

  /** Of the rows predicted to be of a class, the fraction that is. */
  public double precision(int c) {
    return ratio(counts[c][c], predicted(c));
  }

  /** Of the rows of a class, the fraction predicted to be. */
  public double recall(int c) {
    return ratio(counts[c][c], support(c));
  }

  /** The harmonic mean of precision and recall. */
  public double f1(int c) {
    return ratio(2 * counts[c][c], support(c) + predicted(c));
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** The mean of recalls; classes without rows do not count. */
  double balancedAccuracy() {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes(); c++) {
      sum += recall(c);
      present += support(c) > 0 ? 1 : 0;
    }
    return sum / present;
  }

  /** The mean over classes that occur in labels or predictions. */
  double macro(OfClass score) {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes(); c++) {
      if (support(c) + predicted(c) > 0) {
        sum += score.of(this, c);
        present++;
      }
    }
    return sum / present;
  }

  /** The mean over rows of what their class has. */
  double weighted(OfClass score) {
    double sum = 0;
    int rows = 0;
    for (int c = 0; c < classes(); c++) {
      sum += support(c) * score.of(this, c);
      rows += support(c);
    }
    return sum / rows;
  }

  /**
   * Matthews' correlation coefficient for any number of classes (Gorodkin, Comparing two K-category
   * assignments by a K-category correlation coefficient, 2004); 0 if all labels, or all
   * predictions, are of one class.
   */
  double mcc() {
    long rows = 0;
    long right = 0;
    long chance = 0;
    long labels = 0;
    long predictions = 0;
    for (int c = 0; c < classes(); c++) {
      long support = support(c);
      long predicted = predicted(c);
      rows += support;
      right += counts[c][c];
      chance += support * predicted;
      labels += support * support;
      predictions += predicted * predicted;
    }
    double square = (double) (rows * rows - labels) * (rows * rows - predictions);
    return square == 0 ? 0 : (right * rows - chance) / Math.sqrt(square);
  }

  /** Equal counts, as the component is an array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }
}
