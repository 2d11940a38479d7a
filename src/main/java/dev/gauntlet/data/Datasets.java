package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.TableBuilder.RawTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The data of a search: read, labels mapped to classes, constant columns dropped. */
public final class Datasets {
  /** More distinct labels than this are rather measurements than classes. */
  private static final int MAX_CLASSES = 1000;

  private Datasets() {}

  /**
   * Reads what the configuration names.
   *
   * @throws InvalidInputException if the files or their labels do not allow classification
   */
  public static Dataset read(DataConfig config) {
    RawTable raw = TableReaders.read(config);
    Table table = raw.table();
    List<String> notes = new ArrayList<>();
    if (raw.dropped() > 0) {
      notes.add("dropped " + raw.dropped() + " rows with missing values");
    }
    List<String> mapped = mapped(config, table.labelNames());
    TreeMap<String, Integer> classes = new TreeMap<>();
    mapped.forEach(name -> classes.put(name, 0));
    int next = 0;
    for (Map.Entry<String, Integer> entry : classes.entrySet()) {
      entry.setValue(next++);
    }
    int[] labels = Arrays.stream(table.labels()).map(l -> classes.get(mapped.get(l))).toArray();
    List<String> names = List.copyOf(classes.keySet());
    requireClasses(config, table, names, labels);
    return new ConstantColumns(table, notes)
        .dropped(config, names, labels, raw.groups(), raw.times());
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
    String where = "data.label: " + config.path() + ": ";
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
              + " classes. Maybe another column is the label.");
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
                + test[c]
                + " test rows are \""
                + classes.get(c)
                + "\", which no other row is. Maybe data.label-map with \"*\".");
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
