package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Rows;

/** Metrics of predictions against labels, or against numbers. */
public final class Scores {
  /** Probabilities are {@code float}: below its resolution at 1 they are not told from 0. */
  private static final double MIN_PROBABILITY = Math.ulp(1f);

  private Scores() {}

  /**
   * One metric.
   *
   * @param predictions class probabilities or numbers, {@code rows.size() x rows.outputs()}
   * @return NaN if a prediction is NaN
   */
  public static double of(Metric metric, float[] predictions, Rows rows) {
    for (float prediction : predictions) {
      if (Float.isNaN(prediction)) {
        return Double.NaN;
      }
    }
    return switch (metric) {
      case ACCURACY -> accuracy(predictions, rows);
      case BALANCED_ACCURACY -> balancedAccuracy(predictions, rows);
      case LOG_LOSS -> logLoss(predictions, rows);
      case RMSE -> Math.sqrt(squares(predictions, rows) / rows.size());
      case MAE -> absolutes(predictions, rows) / rows.size();
      case R2 -> r2(predictions, rows);
    };
  }

  private static double accuracy(float[] probabilities, Rows rows) {
    int right = 0;
    for (int i = 0; i < rows.size(); i++) {
      right += predicted(probabilities, i, rows.outputs()) == rows.label(i) ? 1 : 0;
    }
    return (double) right / rows.size();
  }

  /** Classes without rows do not count, as in scikit-learn. */
  private static double balancedAccuracy(float[] probabilities, Rows rows) {
    int[] right = new int[rows.outputs()];
    int[] all = new int[rows.outputs()];
    for (int i = 0; i < rows.size(); i++) {
      all[rows.label(i)]++;
      right[rows.label(i)] += predicted(probabilities, i, rows.outputs()) == rows.label(i) ? 1 : 0;
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
      double probability = probabilities[i * rows.outputs() + rows.label(i)];
      sum -= Math.log(Math.min(1, Math.max(MIN_PROBABILITY, probability)));
    }
    return sum / rows.size();
  }

  private static double squares(float[] numbers, Rows rows) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      double error = (double) numbers[i] - rows.number(i);
      sum += error * error;
    }
    return sum;
  }

  /** Of rows with one value, as in scikit-learn: 1 if all are right, else 0. */
  private static double r2(float[] numbers, Rows rows) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += rows.number(i);
    }
    double mean = sum / rows.size();
    double spread = 0;
    for (int i = 0; i < rows.size(); i++) {
      spread += (rows.number(i) - mean) * (rows.number(i) - mean);
    }
    double errors = squares(numbers, rows);
    return spread > 0 ? 1 - errors / spread : errors > 0 ? 0 : 1;
  }

  private static double absolutes(float[] numbers, Rows rows) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += Math.abs((double) numbers[i] - rows.number(i));
    }
    return sum;
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
