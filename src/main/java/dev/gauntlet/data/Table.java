package dev.gauntlet.data;

import java.util.List;

/**
 * What a reader gives: labelled rows as they are in the file, in its order.
 *
 * @param columns the features
 * @param values row after row, {@code labels.length x columns.size()}: a number, or for a
 *     categorical column a place in its categories; NaN where the file has no value
 * @param labels one per row: a place in {@code labelNames}
 * @param labelNames the labels that occur, in the order of their first row
 * @param testRows how many of the last rows the source itself sets apart for testing; 0 for none
 */
public record Table(
    List<Column> columns, float[] values, int[] labels, List<String> labelNames, int testRows) {

  public Table {
    columns = List.copyOf(columns);
    labelNames = List.copyOf(labelNames);
    if (values.length != (long) labels.length * columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + labels.length + " rows of " + columns.size());
    }
    if (testRows < 0 || testRows > labels.length) {
      throw new IllegalArgumentException(testRows + " test rows of " + labels.length);
    }
  }

  /** A number, a place in the categories, or NaN. */
  float value(int row, int column) {
    return values[row * columns.size() + column];
  }

  public int rows() {
    return labels.length;
  }
}
