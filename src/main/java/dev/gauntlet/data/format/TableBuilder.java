package dev.gauntlet.data.format;

import com.fasterxml.jackson.core.io.NumberInput;
import dev.gauntlet.config.DataConfig.Missing;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects rows as one flat array: numbers as they are, words as places in the dictionary of their
 * column. A column is categorical if the plan says so, or in rows of text if its first value is no
 * number.
 */
public final class TableBuilder {
  /** Past this many problems of a file the rest is only counted. */
  private static final int MAX_SHOWN = 20;

  private final ColumnPlan plan;
  private final Missing policy;
  private final int[] features;
  private final List<Map<String, Integer>> dictionaries = new ArrayList<>();
  private final int[] missing;
  private final boolean[] numbers;
  private final SpecialColumns special;
  private final List<String> problems = new ArrayList<>();
  private final FloatBlocks values;
  private final float[] row;
  private int rows;
  private int problemCount;
  private int dropped;
  private int testStart = -1;

  public TableBuilder(ColumnPlan plan, Missing policy, Task task) {
    this.plan = plan;
    this.policy = policy;
    this.special = new SpecialColumns(plan, task, this::problem);
    this.features = plan.features().stream().mapToInt(Integer::intValue).toArray();
    this.missing = new int[features.length];
    this.numbers = new boolean[features.length];
    this.row = new float[features.length];
    this.values = new FloatBlocks(features.length);
    for (int feature : features) {
      dictionaries.add(plan.words().contains(feature) ? new LinkedHashMap<>() : null);
    }
  }

  /** Where a cell stands, made only for a problem. */
  public interface Place {
    @Override
    String toString();
  }

  /** The cells of a row, by places of the plan. */
  public interface Cells {
    /** NaN for none. */
    float number(int column);

    /** NaN for none. */
    double time(int column);

    /** Empty for none. */
    String word(int column);
  }

  /**
   * Adds a row of typed cells: a feature is a word if the plan says so, else a number; groups and
   * classes are words.
   */
  public void add(Cells cells, Place place) {
    for (int i = 0; i < features.length; i++) {
      row[i] = value(i, cells, place);
    }
    add(cells, null, place);
  }

  private float value(int feature, Cells cells, Place place) {
    Map<String, Integer> dictionary = dictionaries.get(feature);
    if (dictionary != null) {
      String word = cells.word(features[feature]).strip();
      return MissingWords.contains(word) ? Float.NaN : code(dictionary, word);
    }
    float number = cells.number(features[feature]);
    if (Float.isInfinite(number)) {
      String name = plan.names().get(features[feature]);
      problem(place, "column \"" + name + "\": " + number + "; the rule: a finite 32-bit number.");
    }
    return number;
  }

  /**
   * Adds a row of text.
   *
   * @param fields one per column of the plan, in its order
   * @param label of the row; null if the plan has a label column
   */
  void add(String[] fields, String label, Place place) {
    for (int i = 0; i < features.length; i++) {
      row[i] = value(i, fields[features[i]].strip(), place);
    }
    add(new TextCells(fields), label, place);
  }

  /** Adds a row whose features are there already. */
  private void add(Cells cells, String label, Place place) {
    int misses = 0;
    for (float value : row) {
      misses += Float.isNaN(value) ? 1 : 0;
    }
    if (misses > 0 && policy == Missing.DROP_ROWS) {
      dropped++;
      return;
    }
    for (int i = 0; misses > 0 && i < features.length; i++) {
      missing[i] += Float.isNaN(row[i]) ? 1 : 0;
    }
    rows++;
    special.add(cells, label, place);
    values.add(row);
  }

  private float value(int feature, String cell, Place place) {
    Map<String, Integer> dictionary = dictionaries.get(feature);
    if (MissingWords.contains(cell)) {
      return Float.NaN;
    }
    if (dictionary == null) {
      float number = number(cell);
      if (Float.isFinite(number)) {
        numbers[feature] = true;
        return number;
      }
      if (numbers[feature] || Float.isInfinite(number)) {
        problem(
            place,
            "column \""
                + plan.names().get(features[feature])
                + "\": \""
                + cell
                + (Float.isInfinite(number)
                    ? "\"; the rule: a finite number that a float holds. Maybe drop the column."
                    : "\"; the rule: a number, as in the rows before. Maybe data.categorical."));
        return 0;
      }
      dictionary = new LinkedHashMap<>();
      dictionaries.set(feature, dictionary);
    }
    return code(dictionary, cell);
  }

  /** As {@link Float#parseFloat}, in a third of the time; NaN for what is no number. */
  static float number(String cell) {
    try {
      return NumberInput.parseFloat(cell, true);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  static int code(Map<String, Integer> dictionary, String word) {
    Integer known = dictionary.get(word);
    if (known == null) {
      known = dictionary.size();
      dictionary.put(word, known);
    }
    return known;
  }

  /** The rows that follow are test rows. */
  public void beginTestRows() {
    testStart = rows;
  }

  public void problem(Place place, String text) {
    if (problemCount++ < MAX_SHOWN) {
      problems.add(place + ": " + text);
    }
  }

  /**
   * The table.
   *
   * @throws InvalidInputException with every problem of the rows
   */
  public Table build(String where) {
    if (problemCount > MAX_SHOWN) {
      problems.add(where + ": " + (problemCount - MAX_SHOWN) + " more problems like these.");
    }
    if (policy == Missing.ERROR) {
      refuseMissing(where);
    }
    if ((long) rows * features.length > Values.MAX) {
      problems.add(
          where
              + ": "
              + rows
              + " rows of "
              + features.length
              + " columns; the rule: at most "
              + Values.MAX
              + " values. Maybe a part of the rows is enough.");
    }
    if (problems.isEmpty() && rows == 0) {
      problems.add(where + ": no rows" + (dropped > 0 ? " without missing values" : "") + ".");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < features.length; i++) {
      Map<String, Integer> dictionary = dictionaries.get(i);
      List<String> words = dictionary == null ? List.of() : List.copyOf(dictionary.keySet());
      columns.add(new Column(plan.names().get(features[i]), words));
    }
    int testRows = testStart < 0 ? 0 : rows - testStart;
    return new Table(
        columns,
        values.take(rows),
        special.target(),
        testRows,
        special.groups(),
        special.times(),
        dropped);
  }

  private void refuseMissing(String where) {
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] > 0) {
        problems.add(
            where
                + ": column \""
                + plan.names().get(features[i])
                + "\": "
                + missing[i]
                + " of "
                + rows
                + " values are missing; the rule: none. Maybe data.missing:"
                + " median, or drop-rows.");
      }
    }
  }
}
