package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.spark.OrderedRows.Piece;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** How long arrays are: each as long as in the first row that has one. */
final class Widths {
  private static final int UNKNOWN = -1;

  private Widths() {}

  private record Found(int[] widths, String fault) implements Serializable {}

  /** One per field, -1 for an array that no row has. */
  static int[] of(String where, Dataset<Row> rows, List<Field> wide) {
    List<Slot> slots = wide.stream().map(Slot::wide).toList();
    Column[] columns = slots.stream().map(Slot::column).toArray(Column[]::new);
    var ordered = new OrderedRows(where, rows.select(columns));
    int[] widths = new int[slots.size()];
    Arrays.fill(widths, UNKNOWN);
    for (Piece piece : ordered.pieces()) {
      Found found = ordered.one(input -> measure(slots, input), piece);
      if (found.fault != null) {
        throw new InvalidInputException(OrderedRows.unreadable(piece.file(), found.fault));
      }
      for (int i = 0; i < widths.length; i++) {
        widths[i] = widths[i] == UNKNOWN ? found.widths[i] : widths[i];
      }
      if (Arrays.stream(widths).noneMatch(width -> width == UNKNOWN)) {
        break;
      }
    }
    return widths;
  }

  private static Found measure(List<Slot> slots, CaughtRows input) {
    int[] widths = new int[slots.size()];
    Arrays.fill(widths, UNKNOWN);
    int unknown = widths.length;
    for (InternalRow row = input.next(); row != null && unknown > 0; row = input.next()) {
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] == UNKNOWN && !row.isNullAt(i)) {
          widths[i] = slots.get(i).numbers(row, i).length;
          unknown--;
        }
      }
    }
    return new Found(widths, input.fault());
  }
}
