package dev.gauntlet.data;

import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Labelled rows, neither encoded nor scaled, in the order of their file. Held once per JVM; as one
 * flat array, where a search does not spread them.
 */
public final class Dataset implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int DIGEST_ITEMS = 1 << 16;

  private final List<Column> columns;
  private final Values values;
  private final Target target;
  private final int testRows;
  private final int[] groups;
  private final double[] times;
  private final List<String> notes;
  private final boolean[] incomplete;
  private final String fingerprint;

  /**
   * All rows free to be split.
   *
   * @param columns the features
   * @param target classes sorted by name, or numbers
   * @param values row after row, {@code rows x columns.size()}, as in a {@link Table}
   */
  public Dataset(List<Column> columns, Target target, float[] values) {
    this(new Table(columns, values, target, 0), List.of());
  }

  /**
   * @param table whose classes are sorted by name
   * @param notes what was changed on the way, for the user
   */
  Dataset(Table table, List<String> notes) {
    this.columns = table.columns();
    this.target = table.target();
    this.values = new Values.Flat(table.values(), columns.size());
    this.testRows = table.testRows();
    this.groups = table.groups();
    this.times = table.times();
    this.notes = List.copyOf(notes);
    this.incomplete = incomplete(table.values());
    this.fingerprint = digest();
  }

  private Dataset(Dataset other, Values values) {
    this.columns = other.columns;
    this.values = values;
    this.target = other.target;
    this.testRows = other.testRows;
    this.groups = other.groups;
    this.times = other.times;
    this.notes = other.notes;
    this.incomplete = other.incomplete;
    this.fingerprint = other.fingerprint;
  }

  /** The same rows, whose numbers are elsewhere. */
  public Dataset at(Values elsewhere) {
    return new Dataset(this, elsewhere);
  }

  public List<Column> columns() {
    return columns;
  }

  public Task task() {
    return target instanceof Labels ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  /** Names, sorted, but a positive class is the last; none for numbers. */
  public List<String> classes() {
    return target instanceof Labels labels ? labels.names() : List.of();
  }

  /** Outputs of a network: one per class, or one number. */
  public int outputs() {
    return Math.max(1, classes().size());
  }

  public int rows() {
    return target.rows();
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
  double[] times() {
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

  /** What the columns' names say about rows that are images. */
  public Optional<ImageShape> imageShape() {
    return ImageShape.of(columns);
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
    return ((Labels) target).codes()[row];
  }

  /** The number that is predicted for a row. */
  public float number(int row) {
    return ((Numbers) target).values()[row];
  }

  /** As in a {@link Table}: a number, a place in the categories, or NaN. */
  public float value(int row, int column) {
    return values.array(row)[values.place(row) + column];
  }

  /** Whether any row has no value in a column. */
  boolean incomplete(int column) {
    return incomplete[column];
  }

  public Values values() {
    return values;
  }

  /** SHA-256 of names, values and labels, as 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /** How many of the given rows each class has; none for numbers. */
  public int[] classCounts(int[] rows) {
    int[] counts = new int[classes().size()];
    if (target instanceof Labels labels) {
      for (int row : rows) {
        counts[labels.codes()[row]]++;
      }
    }
    return counts;
  }

  private boolean[] incomplete(float[] all) {
    boolean[] found = new boolean[columns.size()];
    for (int at = 0; at < all.length; at += found.length) {
      for (int column = 0; column < found.length; column++) {
        found[column] |= Float.isNaN(all[at + column]);
      }
    }
    return found;
  }

  private String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String head = columns + "\n" + classes() + "\n" + testRows + "\n";
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      // A label, a group, and a time of 8 bytes.
      int width = columns.size() + 4;
      ByteBuffer block = ByteBuffer.allocate(4 * width * Math.max(1, DIGEST_ITEMS / width));
      for (int row = 0; row < rows(); row++) {
        if (!block.hasRemaining()) {
          sha.update(block.flip());
          block.clear();
        }
        digest(row, block);
      }
      sha.update(block.flip());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void digest(int row, ByteBuffer block) {
    block.asFloatBuffer().put(values.array(row), values.place(row), columns.size());
    block.position(block.position() + 4 * columns.size());
    block.putInt(target instanceof Labels ? label(row) : Float.floatToIntBits(number(row)));
    block.putInt(groups == null ? 0 : groups[row]);
    block.putDouble(times == null ? 0 : times[row]);
  }
}
