package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The data of a search: read, labels mapped to classes, constant columns dropped. */
public final class Datasets {
  /** More distinct labels than this are rather measurements than classes. */
  private static final int MAX_CLASSES = 1000;

  private Datasets() {}

  /**
   * Reads what the configuration names.
   *
   * @throws InvalidInputException if the files or their targets do not allow the task
   */
  public static Dataset read(DataConfig config, Task task, TableReader reader) {
    Table table = reader.read(config, task);
    List<String> notes = new ArrayList<>();
    if (table.dropped() > 0) {
      notes.add("dropped " + table.dropped() + " rows with missing values");
    }
    Target target =
        table.target() instanceof Labels labels
            ? classes(config, labels, table)
            : numbers(config, (Numbers) table.target());
    return new ConstantColumns(table, notes).dropped(config, target);
  }

  /** Sorted by name, the positive class last. */
  private static Labels classes(DataConfig config, Labels labels, Table table) {
    List<String> mapped = mapped(config, labels.names());
    List<String> names = new ArrayList<>(new TreeSet<>(mapped));
    if (config.positive() != null) {
      if (!names.remove(config.positive())) {
        throw new InvalidInputException(
            "data.positive: no class \""
                + config.positive()
                + "\"."
                + Suggestions.maybe(config.positive(), names));
      }
      names.add(config.positive());
    }
    int[] places = mapped.stream().mapToInt(names::indexOf).toArray();
    int[] codes = Arrays.stream(labels.codes()).map(code -> places[code]).toArray();
    requireClasses(config, table, names, codes);
    return new Labels(codes, names);
  }

  private static Numbers numbers(DataConfig config, Numbers numbers) {
    if (!config.labelMap().isEmpty() || config.positive() != null) {
      throw new InvalidInputException(
          "data.label-map and data.positive: they are for classes; task is regression. Maybe remove"
              + " them.");
    }
    float[] values = numbers.values();
    boolean varies = IntStream.range(1, values.length).anyMatch(i -> values[i] != values[0]);
    if (!varies) {
      throw new InvalidInputException(
          "data.label: "
              + config.place()
              + ": all "
              + values.length
              + " rows are "
              + values[0]
              + "; the rule: at least two values.");
    }
    return numbers;
  }

  /** The class of each label. */
  static List<String> mapped(DataConfig config, List<String> labels) {
    Map<String, String> map = config.labelMap();
    if (map.isEmpty()) {
      return labels;
    }
    List<String> problems = new ArrayList<>();
    for (String key : map.keySet()) {
      if (!key.equals("*") && !labels.contains(key)) {
        problems.add(
            "data.label-map: no label \""
                + key
                + "\" in the data."
                + Suggestions.maybe(key, labels));
      }
    }
    List<String> unmapped = labels.stream().filter(label -> !map.containsKey(label)).toList();
    if (!unmapped.isEmpty() && !map.containsKey("*")) {
      problems.add(
          "data.label-map: no class for "
              + String.join(", ", unmapped)
              + ". Maybe add \"*\" for all others.");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return labels.stream().map(label -> map.getOrDefault(label, map.get("*"))).toList();
  }

  private static void requireClasses(
      DataConfig config, Table table, List<String> classes, int[] labels) {
    String where = "data.label: " + config.place() + ": ";
    if (classes.size() == 1) {
      throw new InvalidInputException(
          where
              + "all "
              + table.rows()
              + " rows are \""
              + classes.get(0)
              + "\"; the rule: at least two classes.");
    }
    if (classes.size() > MAX_CLASSES) {
      throw new InvalidInputException(
          where
              + classes.size()
              + " distinct labels; the rule: at most "
              + MAX_CLASSES
              + " classes. Maybe another column is the label, or task: regression.");
    }
    int[] training = new int[classes.size()];
    int[] test = new int[classes.size()];
    int testStart = table.rows() - table.testRows();
    for (int row = 0; row < labels.length; row++) {
      (row < testStart ? training : test)[labels[row]]++;
    }
    List<String> problems = new ArrayList<>();
    for (int c = 0; c < training.length; c++) {
      if (training[c] == 0) {
        problems.add(
            where
                + Names.count(test[c], "test row")
                + " labelled \""
                + classes.get(c)
                + "\", and no other row. Maybe data.label-map with \"*\".");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** 0, 1, ... rows - 1. */
  public static int[] allRows(Dataset dataset) {
    return rows(0, dataset.rows());
  }

  /** from, from + 1, ... to - 1. */
  static int[] rows(int from, int to) {
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return rows;
  }
}
