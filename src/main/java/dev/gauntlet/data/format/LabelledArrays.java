package dev.gauntlet.data.format;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features and the labels that belong to them.
 *
 * @param features numbers, one row per label
 * @param labels one dimension, or more that are all 1
 */
record LabelledArrays(StoredArray features, StoredArray labels) {
  /** So many columns are rather rows: a {@link Column} takes more room than its values. */
  private static final int MAX_COLUMNS = 1_000_000;

  LabelledArrays {
    checkFeatures(features);
    if (labels.columns() != 1) {
      throw labels
          .blob()
          .problem(
              "labels of shape " + labels.showShape(),
              "one label per row",
              "these are the features, or one-hot labels that need argmax");
    }
    if (labels.rows() != features.rows()) {
      throw labels
          .blob()
          .problem(
              labels.rows()
                  + " labels, but "
                  + features.blob().name()
                  + " has "
                  + features.rows()
                  + " rows",
              "one label per row",
              "one of them belongs to other data");
    }
  }

  private static void checkFeatures(StoredArray features) {
    if (features.item().text()) {
      throw features.blob().problem("text", "features are numbers", "these are the labels");
    }
    if (features.columns() > MAX_COLUMNS) {
      throw features
          .blob()
          .problem(
              "shape " + features.showShape() + " has " + features.columns() + " columns",
              "at most " + MAX_COLUMNS,
              "the array is transposed");
    }
  }

  /**
   * The rows of this, no test rows.
   *
   * @param prefix of the names of columns; their number follows, from 0
   */
  Table table(String prefix, Task task) {
    return table(prefix, task, List.of(this), 0);
  }

  /** The rows of this, then those of the other as test rows. */
  Table tableWithTest(String prefix, LabelledArrays test, Task task) {
    if (test.features.columns() != features.columns()) {
      String what =
          "%d columns, but %s has %d"
              .formatted(test.features.columns(), features.blob().name(), features.columns());
      throw test.features
          .blob()
          .problem(what, "the same columns in both", "one of them belongs to other data");
    }
    return table(prefix, task, List.of(this, test), test.features.rows());
  }

  private Table table(String prefix, Task task, List<LabelledArrays> parts, int testRows) {
    int columns = features.columns();
    long rows = parts.stream().mapToLong(part -> part.features.rows()).sum();
    float[] values = Values.allocate(features.blob(), rows * columns, float[]::new);
    int row = 0;
    for (LabelledArrays part : parts) {
      part.features.copy(values, row * columns);
      row += part.features.rows();
    }
    Target target = task == Task.REGRESSION ? numbers(parts, rows) : classes(parts, rows);
    return new Table(columns(prefix, columns), values, target, testRows);
  }

  private Target classes(List<LabelledArrays> parts, long rows) {
    var numbers = new LabelNumbers(Values.allocate(labels.blob(), rows, int[]::new));
    parts.forEach(part -> part.labels.forEachLabel(numbers::add));
    return numbers.target();
  }

  private Target numbers(List<LabelledArrays> parts, long rows) {
    float[] numbers = Values.allocate(labels.blob(), rows, float[]::new);
    int row = 0;
    for (LabelledArrays part : parts) {
      if (part.labels.item().text()) {
        throw part.labels
            .blob()
            .problem("text", "numbers, as task is regression", "task: classification");
      }
      part.labels.copy(numbers, row);
      row += part.labels.rows();
    }
    for (int i = 0; i < numbers.length; i++) {
      if (Float.isNaN(numbers[i])) {
        throw labels
            .blob()
            .problem("row " + i + " is NaN", "every row has a target", "drop that row");
      }
    }
    return new Target.Numbers(numbers);
  }

  static List<Column> columns(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> Column.numeric(prefix + i)).toList();
  }
}
