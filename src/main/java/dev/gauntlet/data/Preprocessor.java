package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataConfig.Missing;
import dev.gauntlet.config.DataConfig.Unseen;
import dev.gauntlet.config.SearchConfig.Task;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What training rows decide: what stands in for a missing value, how numbers are scaled, and which
 * categories there are. A number becomes {@code (x - shift) / scale}; a category becomes a 1 at its
 * place, or nothing if no training row has it.
 *
 * @param fill one per column: the value for a missing one
 * @param shift one per column; 0 for categories
 * @param scale one per column, never 0: a column that is constant in the training rows has scale 1
 * @param seen one per column: which categories the training rows have; null for numbers
 * @param width inputs of a network
 * @param targetShift of a number that is predicted, which a network learns at mean 0 and standard
 *     deviation 1; 0 for classes
 * @param targetScale as {@code targetShift}; 1 for classes
 */
public record Preprocessor(
    float[] fill,
    float[] shift,
    float[] scale,
    boolean[][] seen,
    int width,
    Unseen unseen,
    float targetShift,
    float targetScale)
    implements Serializable {
  private static final float MAX_PIXEL = 255;

  /** Columns that are gathered at once: rows lie far apart in memory, columns side by side. */
  private static final int BLOCK = 8;

  /** Population statistics, as in scikit-learn's scalers. */
  public static Preprocessor fit(DataConfig config, Dataset dataset, int[] trainingRows) {
    int columns = dataset.columns().size();
    float[] target = target(dataset, trainingRows);
    var fitted =
        new Preprocessor(
            new float[columns],
            new float[columns],
            new float[columns],
            new boolean[columns][],
            dataset.features(),
            config.unseen(),
            target[0],
            target[1]);
    Arrays.fill(fitted.scale, 1);
    for (int first = 0; first < columns; first += BLOCK) {
      float[][] present = present(dataset, trainingRows, first, Math.min(columns, first + BLOCK));
      for (int i = 0; i < present.length; i++) {
        fitted.fitColumn(config, dataset, first + i, present[i], trainingRows.length);
      }
    }
    return fitted;
  }

  private void fitColumn(
      DataConfig config, Dataset dataset, int column, float[] present, int rows) {
    if (!dataset.columns().get(column).categorical()) {
      fitNumber(config, column, present, rows, dataset.incomplete(column));
      return;
    }
    seen[column] = new boolean[dataset.columns().get(column).categories().size()];
    for (float value : present) {
      seen[column][(int) value] = true;
    }
    fill[column] = present.length == 0 ? 0 : mostFrequent(present);
  }

  private static float[] target(Dataset dataset, int[] rows) {
    if (dataset.task() == Task.CLASSIFICATION) {
      return new float[] {0, 1};
    }
    float[] values = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = dataset.number(rows[i]);
    }
    return standard(values);
  }

  /** The values that are there of the columns from {@code first} to {@code end - 1}. */
  private static float[][] present(Dataset dataset, int[] rows, int first, int end) {
    float[][] values = new float[end - first][rows.length];
    int[] counts = new int[end - first];
    for (int row : rows) {
      for (int i = 0; i < counts.length; i++) {
        float value = dataset.value(row, first + i);
        if (!Float.isNaN(value)) {
          values[i][counts[i]++] = value;
        }
      }
    }
    for (int i = 0; i < counts.length; i++) {
      values[i] = counts[i] == rows.length ? values[i] : Arrays.copyOf(values[i], counts[i]);
    }
    return values;
  }

  /** Statistics are of the training rows after missing values were filled. */
  private void fitNumber(
      DataConfig config, int column, float[] present, int rows, boolean incomplete) {
    if (present.length == 0) {
      return;
    }
    if (incomplete) {
      fill[column] = stand(config.missing(), present);
      int known = present.length;
      present = Arrays.copyOf(present, rows);
      Arrays.fill(present, known, rows, fill[column]);
    }
    float[] scaling =
        switch (config.scale()) {
          case AUTO, STANDARDIZE -> standard(present);
          case MINMAX -> minmax(present);
          case PIXELS -> new float[] {0, MAX_PIXEL};
          case NONE -> new float[] {0, 1};
        };
    shift[column] = scaling[0];
    scale[column] = scaling[1];
  }

  private static float stand(Missing policy, float[] values) {
    return switch (policy) {
      case MEAN -> (float) mean(values);
      case MEDIAN -> median(values);
      default -> mostFrequent(values);
    };
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static float median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (float) (((double) sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** The smallest of equally frequent ones. */
  private static float mostFrequent(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    float best = sorted[0];
    int bestCount = 0;
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        if (i - start > bestCount) {
          bestCount = i - start;
          best = sorted[start];
        }
        start = i;
      }
    }
    return best;
  }

  /** Shift and scale, in two passes, in double. */
  private static float[] standard(float[] values) {
    double mean = mean(values);
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return scaling(mean, Math.sqrt(squares / values.length));
  }

  private static float[] minmax(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return scaling(min, (double) max - min);
  }

  private static float[] scaling(double by, double spread) {
    boolean constant = spread <= 1e-7 * Math.max(1e-30, Math.abs(by));
    return new float[] {(float) by, constant ? 1 : (float) spread};
  }

  /** Writes a row, encoded and scaled, to {@code target[offset .. offset + width - 1]}. */
  public void apply(Dataset dataset, int row, float[] target, int offset) {
    encode(dataset, row, target, offset, true);
  }

  /**
   * Writes rows one after the other, {@code rows.length x width}: the same numbers as of {@link
   * #apply}, and faster where nothing is encoded and nothing missing.
   */
  public void applyAll(Dataset dataset, int[] rows, float[] target) {
    boolean plain =
        IntStream.range(0, fill.length)
            .noneMatch(column -> seen[column] != null || dataset.incomplete(column));
    float[] one = new float[width];
    for (int i = 0; i < rows.length; i++) {
      if (plain) {
        Values values = dataset.values();
        System.arraycopy(values.array(rows[i]), values.place(rows[i]), one, 0, width);
        scale(one, shift, scale);
        System.arraycopy(one, 0, target, i * width, width);
      } else {
        apply(dataset, rows[i], target, i * width);
      }
    }
  }

  private static void scale(float[] values, float[] shift, float[] scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - shift[i]) / scale[i];
    }
  }

  /** As {@link #apply}, but encoded alone: what a DL4J normalizer would still have to scale. */
  public void encode(Dataset dataset, int row, float[] target, int offset) {
    encode(dataset, row, target, offset, false);
  }

  private void encode(Dataset dataset, int row, float[] target, int offset, boolean scaled) {
    float[] values = dataset.values().array(row);
    int from = dataset.values().place(row);
    int at = offset;
    for (int column = 0; column < fill.length; column++) {
      float raw = values[from + column];
      float value = Float.isNaN(raw) ? fill[column] : raw;
      if (seen[column] == null) {
        target[at++] = scaled ? (value - shift[column]) / scale[column] : value;
        continue;
      }
      Arrays.fill(target, at, at + seen[column].length, 0);
      if (seen[column][(int) value]) {
        target[at + (int) value] = 1;
      } else if (unseen == Unseen.ERROR) {
        Column named = dataset.columns().get(column);
        throw new IllegalStateException(
            "column \""
                + named.name()
                + "\": no training row has \""
                + named.categories().get((int) value)
                + "\"");
      }
      at += seen[column].length;
    }
  }

  /** The shift of each input of the network. */
  public float[] inputShift() {
    return inputs(shift);
  }

  /** The scale of each input of the network. */
  public float[] inputScale() {
    return inputs(scale);
  }

  private float[] inputs(float[] perColumn) {
    float[] perInput = new float[width];
    int at = 0;
    for (int column = 0; column < perColumn.length; column++) {
      int count = seen[column] == null ? 1 : seen[column].length;
      Arrays.fill(perInput, at, at + count, perColumn[column]);
      at += count;
    }
    return perInput;
  }
}
