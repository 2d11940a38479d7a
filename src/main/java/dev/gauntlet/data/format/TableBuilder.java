package dev.gauntlet.data.format;

import com.fasterxml.jackson.core.io.NumberInput;
import dev.gauntlet.config.DataConfig.Missing;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.format.ColumnPlan.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects rows of text as one flat array: numbers as they are, words as places in the dictionary
 * of their column. A column is categorical if the configuration says so, or if its first value is
 * no number.
 */
final class TableBuilder {
  /** Past this many problems of a file the rest is only counted. */
  private static final int MAX_SHOWN = 20;

  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");
  private static final int BLOCK = 1 << 22;

  private final ColumnPlan plan;
  private final Missing policy;
  private final Task task;
  private final int[] features;
  private final List<Map<String, Integer>> dictionaries = new ArrayList<>();
  private final int[] missing;
  private final boolean[] numbers;
  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<float[]> blocks = new ArrayList<>();
  private final IntList labelCodes = new IntList();
  private final IntList groupCodes = new IntList();
  private final IntList timeBits = new IntList();
  private final float[] row;
  private int rows;
  private int problemCount;
  private int inBlock;
  private int dropped;
  private int testStart = -1;

  TableBuilder(ColumnPlan plan, Missing policy, Task task) {
    this.plan = plan;
    this.policy = policy;
    this.task = task;
    this.features = plan.features().stream().mapToInt(Integer::intValue).toArray();
    this.missing = new int[features.length];
    this.numbers = new boolean[features.length];
    this.row = new float[features.length];
    for (int feature : features) {
      dictionaries.add(plan.words().contains(feature) ? new LinkedHashMap<>() : null);
    }
  }

  /** Where a cell stands, made only for a problem. */
  interface Place {
    @Override
    String toString();
  }

  /**
   * Adds a row.
   *
   * @param fields one per column of the plan, in its order
   * @param label of the row; null if the plan has a label column
   */
  void add(String[] fields, String label, Place place) {
    int misses = 0;
    for (int i = 0; i < features.length; i++) {
      row[i] = value(i, fields[features[i]].strip(), place);
      if (Float.isNaN(row[i])) {
        misses++;
      }
    }
    if (misses > 0 && policy == Missing.DROP_ROWS) {
      dropped++;
      return;
    }
    for (int i = 0; misses > 0 && i < features.length; i++) {
      missing[i] += Float.isNaN(row[i]) ? 1 : 0;
    }
    special(fields, label, place);
    store();
  }

  private float value(int feature, String cell, Place place) {
    Map<String, Integer> dictionary = dictionaries.get(feature);
    if (missing(cell)) {
      return Float.NaN;
    }
    if (dictionary == null) {
      float number = number(cell);
      if (Float.isFinite(number)) {
        numbers[feature] = true;
        return number;
      }
      boolean first = !numbers[feature] && Float.isNaN(number);
      if (!first) {
        problem(
            place,
            "column \""
                + plan.names().get(features[feature])
                + "\": \""
                + cell
                + "\"; the rule: a finite number, as in the rows before. Maybe data.categorical.");
        return 0;
      }
      dictionary = new LinkedHashMap<>();
      dictionaries.set(feature, dictionary);
    }
    return code(dictionary, cell);
  }

  /** The first character tells most numbers from what stands for a missing value. */
  private static boolean missing(String cell) {
    return cell.isEmpty() || (cell.charAt(0) > '9' && MISSING.contains(cell));
  }

  /** As {@link Float#parseFloat}, in a third of the time; NaN for what is no number. */
  static float number(String cell) {
    try {
      return NumberInput.parseFloat(cell, true);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private static int code(Map<String, Integer> dictionary, String word) {
    Integer known = dictionary.get(word);
    if (known == null) {
      known = dictionary.size();
      dictionary.put(word, known);
    }
    return known;
  }

  private void special(String[] fields, String given, Place place) {
    String label = given;
    for (int i = 0; i < fields.length; i++) {
      Role role = plan.roles().get(i);
      if (role == Role.LABEL) {
        label = fields[i].strip();
      } else if (role == Role.GROUP) {
        groupCodes.add(code(groups, fields[i].strip()));
      } else if (role == Role.TIME) {
        timeBits.add(Float.floatToIntBits(time(i, fields[i].strip(), place)));
      }
    }
    if (label == null || missing(label)) {
      String shown = label == null || label.isEmpty() ? "" : " (\"" + label + "\")";
      problem(place, "no label" + shown + "; the rule: one in every row.");
      label = "0";
    }
    rows++;
    if (task == Task.CLASSIFICATION) {
      labelCodes.add(code(labels, label));
      return;
    }
    float number = number(label);
    if (!Float.isFinite(number)) {
      problem(place, "\"" + label + "\"; the rule: a finite number, as task is regression.");
    }
    labelCodes.add(Float.floatToIntBits(number));
  }

  private float time(int column, String cell, Place place) {
    float time = number(cell);
    if (!Float.isFinite(time)) {
      String name = plan.names().get(column);
      problem(place, "column \"" + name + "\": \"" + cell + "\"; the rule: a time as a number.");
    }
    return time;
  }

  private void store() {
    if (blocks.isEmpty() || inBlock + row.length > blocks.get(blocks.size() - 1).length) {
      // Whole rows per block, so that blocks can be laid end to end.
      blocks.add(new float[Math.max(1, BLOCK / row.length) * row.length]);
      inBlock = 0;
    }
    System.arraycopy(row, 0, blocks.get(blocks.size() - 1), inBlock, row.length);
    inBlock += row.length;
  }

  /** The rows that follow are test rows. */
  void beginTestRows() {
    testStart = rows;
  }

  void problem(Place place, String text) {
    if (problemCount++ < MAX_SHOWN) {
      problems.add(place + ": " + text);
    }
  }

  /**
   * The table.
   *
   * @throws InvalidInputException with every problem of the rows
   */
  Table build(String where) {
    if (problemCount > MAX_SHOWN) {
      problems.add(where + ": " + (problemCount - MAX_SHOWN) + " more problems like these.");
    }
    if (policy == Missing.ERROR) {
      refuseMissing(where);
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
    Target target =
        task == Task.CLASSIFICATION
            ? new Target.Labels(labelCodes.toArray(), List.copyOf(labels.keySet()))
            : new Target.Numbers(labelCodes.toFloats());
    int[] groupOfRow = groups.isEmpty() ? null : groupCodes.toArray();
    float[] times = timeBits.size == 0 ? null : timeBits.toFloats();
    return new Table(columns, values(), target, testRows, groupOfRow, times, dropped);
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

  private float[] values() {
    float[] values = new float[Math.multiplyExact(rows, features.length)];
    int offset = 0;
    while (!blocks.isEmpty()) {
      float[] block = blocks.remove(0);
      int length = Math.min(block.length, values.length - offset);
      System.arraycopy(block, 0, values, offset, length);
      offset += length;
    }
    return values;
  }

  private static final class IntList {
    private int[] values = new int[1 << 10];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }

    /** Of the bits. */
    float[] toFloats() {
      float[] floats = new float[size];
      for (int i = 0; i < size; i++) {
        floats[i] = Float.intBitsToFloat(values[i]);
      }
      return floats;
    }
  }
}
