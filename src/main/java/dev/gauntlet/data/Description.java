package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What there is to know about data before a search.
 *
 * @param rows of all files
 * @param testRows those that the data itself sets apart
 * @param columns the features
 * @param classes rows per class, largest first; none for regression
 * @param target the number that is predicted; null for classification
 * @param warnings what a search would suffer from
 */
public record Description(
    int rows,
    int testRows,
    List<ColumnSummary> columns,
    Map<String, Integer> classes,
    ColumnSummary target,
    List<String> warnings) {

  /**
   * One column.
   *
   * @param categories different words; 0 for numbers
   * @param missing rows without a value
   * @param min,max,mean of the values there are; NaN for words
   */
  public record ColumnSummary(
      String name,
      int categories,
      int missing,
      boolean constant,
      double min,
      double max,
      double mean) {}

  /**
   * Reads and describes.
   *
   * @param config with any policy for missing values but {@code error}, so that they are counted
   * @throws dev.gauntlet.config.InvalidInputException if the files cannot be read
   */
  public static Description of(DataConfig config, Task task, TableReader reader) {
    Table table = reader.read(config, task);
    List<ColumnSummary> columns =
        IntStream.range(0, table.columns().size()).mapToObj(i -> summary(table, i)).toList();
    boolean numbers = table.target() instanceof Numbers;
    return new Description(
        table.rows(),
        table.testRows(),
        columns,
        table.target() instanceof Labels labels
            ? classes(Datasets.mapped(config, labels.names()), labels.codes())
            : Map.of(),
        numbers ? target(config, (Numbers) table.target()) : null,
        new Suspicions(table, columns).find());
  }

  /** The accuracy of always saying the largest class; NaN for regression. */
  public double majority() {
    return classes.isEmpty() ? Double.NaN : (double) classes.values().iterator().next() / rows;
  }

  private static Map<String, Integer> classes(List<String> names, int[] codes) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int label : codes) {
      counts.merge(names.get(label), 1, Integer::sum);
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static ColumnSummary target(DataConfig config, Numbers numbers) {
    String name = config.label() == null ? "target" : config.label();
    return summary(Column.numeric(name), numbers.values());
  }

  private static ColumnSummary summary(Table table, int column) {
    float[] values = new float[table.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = table.value(row, column);
    }
    return summary(table.columns().get(column), values);
  }

  private static ColumnSummary summary(Column column, float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int missing = 0;
    for (float value : values) {
      if (Float.isNaN(value)) {
        missing++;
      } else {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      }
    }
    int present = values.length - missing;
    boolean number = !column.categorical() && present > 0;
    return new ColumnSummary(
        column.name(),
        column.categories().size(),
        missing,
        present == 0 || (min == max && missing == 0),
        number ? min : Double.NaN,
        number ? max : Double.NaN,
        number ? sum / present : Double.NaN);
  }
}
