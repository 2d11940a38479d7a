package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig.Scale;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Preprocessing fitted on training rows: each column becomes {@code (x - shift) / scale}.
 *
 * @param shift one per column
 * @param scale one per column, never 0: a column that is constant in the training rows has scale 1
 */
public record Scaler(float[] shift, float[] scale) implements Serializable {

  /** Population statistics, as in scikit-learn's scalers. */
  public static Scaler fit(Scale kind, Dataset dataset, int[] trainingRows) {
    int columns = dataset.columns().size();
    float[] shift = new float[columns];
    float[] scale = new float[columns];
    Arrays.fill(scale, 1);
    for (int column = 0; kind != Scale.NONE && column < columns; column++) {
      if (kind == Scale.STANDARDIZE) {
        standardize(dataset, trainingRows, column, shift, scale);
      } else {
        minmax(dataset, trainingRows, column, shift, scale);
      }
    }
    return new Scaler(shift, scale);
  }

  /** Scales a row that begins at {@code offset}, in place. */
  public void apply(float[] values, int offset) {
    for (int column = 0; column < shift.length; column++) {
      values[offset + column] = (values[offset + column] - shift[column]) / scale[column];
    }
  }

  /** In two passes, in double. */
  private static void standardize(
      Dataset dataset, int[] rows, int column, float[] shift, float[] scale) {
    double sum = 0;
    for (int row : rows) {
      sum += dataset.feature(row, column);
    }
    double mean = sum / rows.length;
    double squares = 0;
    for (int row : rows) {
      double deviation = dataset.feature(row, column) - mean;
      squares += deviation * deviation;
    }
    set(column, mean, Math.sqrt(squares / rows.length), shift, scale);
  }

  private static void minmax(
      Dataset dataset, int[] rows, int column, float[] shift, float[] scale) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int row : rows) {
      min = Math.min(min, dataset.feature(row, column));
      max = Math.max(max, dataset.feature(row, column));
    }
    set(column, min, (double) max - min, shift, scale);
  }

  private static void set(int column, double by, double width, float[] shift, float[] scale) {
    shift[column] = (float) by;
    boolean constant = width <= 1e-7 * Math.max(1e-30, Math.abs(by));
    scale[column] = constant ? 1 : (float) width;
  }
}
