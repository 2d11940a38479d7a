package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Rows;

/** Metrics of class probabilities against labels. */
public final class Scores {
  /** Probabilities are {@code float}: below its resolution at 1 they are not told from 0. */
  private static final double MIN_PROBABILITY = Math.ulp(1f);

  private Scores() {}

  /**
   * One metric.
   *
   * @param probabilities row after row, {@code rows.size() x rows.classes()}
   * @return NaN if a probability is NaN
   */
  public static double of(Metric metric, float[] probabilities, Rows rows) {
    for (float probability : probabilities) {
      if (Float.isNaN(probability)) {
        return Double.NaN;
      }
    }
    return switch (metric) {
      case ACCURACY -> accuracy(probabilities, rows);
      case BALANCED_ACCURACY -> balancedAccuracy(probabilities, rows);
      case LOG_LOSS -> logLoss(probabilities, rows);
    };
  }

  private static double accuracy(float[] probabilities, Rows rows) {
    int right = 0;
    for (int i = 0; i < rows.size(); i++) {
      right += predicted(probabilities, i, rows.classes()) == rows.label(i) ? 1 : 0;
    }
    return (double) right / rows.size();
  }

  /** Classes without rows do not count, as in scikit-learn. */
  private static double balancedAccuracy(float[] probabilities, Rows rows) {
    int[] right = new int[rows.classes()];
    int[] all = new int[rows.classes()];
    for (int i = 0; i < rows.size(); i++) {
      all[rows.label(i)]++;
      right[rows.label(i)] += predicted(probabilities, i, rows.classes()) == rows.label(i) ? 1 : 0;
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < all.length; c++) {
      if (all[c] > 0) {
        sum += (double) right[c] / all[c];
        present++;
      }
    }
    return sum / present;
  }

  private static double logLoss(float[] probabilities, Rows rows) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      double probability = probabilities[i * rows.classes() + rows.label(i)];
      sum -= Math.log(Math.min(1, Math.max(MIN_PROBABILITY, probability)));
    }
    return sum / rows.size();
  }

  /** The most probable class, the first of equals. */
  private static int predicted(float[] probabilities, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[row * classes + c] > probabilities[row * classes + best]) {
        best = c;
      }
    }
    return best;
  }
}
