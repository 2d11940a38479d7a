package dev.gauntlet.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Labelled rows, neither encoded nor scaled, in the order of their file. Held once per JVM as one
 * flat array.
 */
public final class Dataset implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Column> columns;
  private final List<String> classes;
  private final float[] values;
  private final int[] labels;
  private final int testRows;
  private final int[] groups;
  private final float[] times;
  private final List<String> notes;
  private final boolean[] incomplete;
  private final String fingerprint;

  /**
   * All rows free to be split.
   *
   * @param columns the features
   * @param classes names of the classes, sorted
   * @param values row after row, {@code labels.length x columns.size()}, as in a {@link Table}
   * @param labels places in {@code classes}, one per row
   */
  public Dataset(List<Column> columns, List<String> classes, float[] values, int[] labels) {
    this(columns, classes, values, labels, 0, null, null, List.of());
  }

  /**
   * With what only splits need.
   *
   * @param testRows how many of the last rows are test rows; 0 to split them off
   * @param groups one per row; null for none
   * @param times one per row; null for none
   * @param notes what was changed on the way, for the user
   */
  Dataset(
      List<Column> columns,
      List<String> classes,
      float[] values,
      int[] labels,
      int testRows,
      int[] groups,
      float[] times,
      List<String> notes) {
    if (values.length != (long) labels.length * columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + labels.length + " rows of " + columns.size());
    }
    this.columns = List.copyOf(columns);
    this.classes = List.copyOf(classes);
    this.values = values;
    this.labels = labels;
    this.testRows = testRows;
    this.groups = groups;
    this.times = times;
    this.notes = List.copyOf(notes);
    this.incomplete = new boolean[columns.size()];
    for (int i = 0; i < values.length; i++) {
      incomplete[i % incomplete.length] |= Float.isNaN(values[i]);
    }
    this.fingerprint = digest();
  }

  public List<Column> columns() {
    return columns;
  }

  public List<String> classes() {
    return classes;
  }

  public int rows() {
    return labels.length;
  }

  /** How many of the last rows the data itself sets apart for testing; 0 for none. */
  public int testRows() {
    return testRows;
  }

  /** One per row; null for none. */
  int[] groups() {
    return groups;
  }

  /** One per row; null for none. */
  float[] times() {
    return times;
  }

  /** What was changed on the way from the file, for the user. */
  public List<String> notes() {
    return notes;
  }

  /** Inputs of a network: one per number, one per category of a categorical column. */
  public int features() {
    return columns.stream().mapToInt(Dataset::width).sum();
  }

  private static int width(Column column) {
    return column.categorical() ? column.categories().size() : 1;
  }

  /** Names of the inputs: a column, or {@code column=category}. */
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      if (column.categorical()) {
        column.categories().forEach(category -> names.add(column.name() + "=" + category));
      } else {
        names.add(column.name());
      }
    }
    return names;
  }

  /** The label of a row, as a place in {@link #classes}. */
  public int label(int row) {
    return labels[row];
  }

  /** As in a {@link Table}: a number, a place in the categories, or NaN. */
  public float value(int row, int column) {
    return values[row * columns.size() + column];
  }

  /** Whether any row has no value in a column. */
  boolean incomplete(int column) {
    return incomplete[column];
  }

  /** Row after row; not to be changed. */
  float[] values() {
    return values;
  }

  /** SHA-256 of names, values and labels, as 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** How many of the given rows each class has. */
  public int[] classCounts(int[] rows) {
    int[] counts = new int[classes.size()];
    for (int row : rows) {
      counts[labels[row]]++;
    }
    return counts;
  }

  private String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String head = columns + "\n" + classes + "\n" + testRows + "\n";
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      ByteBuffer row = ByteBuffer.allocate(4 * (columns.size() + 3));
      for (int i = 0; i < labels.length; i++) {
        row.clear();
        row.asFloatBuffer().put(values, i * columns.size(), columns.size());
        row.position(4 * columns.size());
        row.putInt(labels[i]);
        row.putInt(groups == null ? 0 : groups[i]);
        row.putFloat(times == null ? 0 : times[i]);
        sha.update(row.flip());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
