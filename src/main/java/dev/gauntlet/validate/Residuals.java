package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;

/** Metrics of predicted numbers. */
final class Residuals {
  private Residuals() {}

  static double meanSquare(float[] numbers, Rows rows) {
    return squares(numbers, rows) / rows.size();
  }

  static double meanAbsolute(float[] numbers, Rows rows) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += Math.abs((double) numbers[i] - rows.number(i));
    }
    return sum / rows.size();
  }

  /** As in scikit-learn: of rows with one value 1 if all are right, else 0; NaN of one row. */
  static double r2(float[] numbers, Rows rows) {
    if (rows.size() < 2) {
      return Double.NaN;
    }
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

  private static double squares(float[] numbers, Rows rows) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      double error = (double) numbers[i] - rows.number(i);
      sum += error * error;
    }
    return sum;
  }
}
