package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.data.TableBuilder.RawTable;
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
 * @param classes rows per class, largest first
 * @param warnings what a search would suffer from
 */
public record Description(
    int rows,
    int testRows,
    List<ColumnSummary> columns,
    Map<String, Integer> classes,
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
  public static Description of(DataConfig config) {
    RawTable raw = TableReaders.read(config);
    Table table = raw.table();
    List<ColumnSummary> columns =
        IntStream.range(0, table.columns().size()).mapToObj(i -> summary(table, i)).toList();
    return new Description(
        table.rows(),
        table.testRows(),
        columns,
        classes(Datasets.mapped(config, table.labelNames()), table),
        new Suspicions(table, columns).find());
  }

  /** The accuracy of always saying the largest class. */
  public double majority() {
    return (double) classes.values().iterator().next() / rows;
  }

  private static Map<String, Integer> classes(List<String> names, Table table) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int label : table.labels()) {
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

  private static ColumnSummary summary(Table table, int column) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int missing = 0;
    for (int row = 0; row < table.rows(); row++) {
      float value = table.value(row, column);
      if (Float.isNaN(value)) {
        missing++;
      } else {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      }
    }
    int present = table.rows() - missing;
    Column named = table.columns().get(column);
    boolean constant = present == 0 || (min == max && missing == 0);
    boolean number = !named.categorical() && present > 0;
    return new ColumnSummary(
        named.name(),
        named.categories().size(),
        missing,
        constant,
        number ? min : Double.NaN,
        number ? max : Double.NaN,
        number ? sum / present : Double.NaN);
  }
}
