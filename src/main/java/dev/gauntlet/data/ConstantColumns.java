package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Drops columns that have one value in all rows, and says so; not pixels, which have neighbours.
 */
record ConstantColumns(Table table, List<String> notes) {

  /**
   * @param target of the dataset; the table's has labels as in the file
   */
  Dataset dropped(DataConfig config, Target target) {
    boolean[] varies = varies();
    if (config.format().image() && hasTrue(varies)) {
      Arrays.fill(varies, true);
    }
    List<Column> kept = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    for (int column = 0; column < varies.length; column++) {
      if (varies[column]) {
        kept.add(table.columns().get(column));
      } else {
        constant.add(table.columns().get(column).name());
      }
    }
    if (kept.isEmpty()) {
      throw new InvalidInputException(
          config.place()
              + ": every feature has one value in all rows; the rule: at least one that"
              + " varies.");
    }
    if (!constant.isEmpty()) {
      notes.add("dropped constant columns: " + String.join(", ", constant));
    }
    float[] values = constant.isEmpty() ? table.values() : compact(varies, kept.size());
    var left =
        new Table(
            kept, values, target, table.testRows(), table.groups(), table.times(), table.dropped());
    return new Dataset(left, notes);
  }

  private static boolean hasTrue(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  /** A missing value is a value here. */
  private boolean[] varies() {
    int width = table.columns().size();
    float[] values = table.values();
    boolean[] varies = new boolean[width];
    for (int row = width; row < values.length; row += width) {
      for (int column = 0; column < width; column++) {
        varies[column] |= Float.compare(values[row + column], values[column]) != 0;
      }
    }
    return varies;
  }

  /** In place, because the matrix may be most of the heap. */
  private float[] compact(boolean[] varies, int kept) {
    float[] values = table.values();
    int to = 0;
    for (int i = 0; i < values.length; i++) {
      if (varies[i % varies.length]) {
        values[to++] = values[i];
      }
    }
    return Arrays.copyOf(values, table.rows() * kept);
  }
}
