package dev.gauntlet.data;

import java.util.List;

/**
 * What a reader gives: rows as they are in the file, in its order.
 *
 * @param columns the features
 * @param values row after row, {@code rows x columns.size()}: a number, or for a categorical column
 *     a place in its categories; NaN where the file has no value
 * @param target what is predicted, one per row
 * @param testRows how many of the last rows the source itself sets apart for testing; 0 for none
 * @param groups one per row; null for none
 * @param times one per row; null for none
 * @param dropped rows with missing values that are not in the table
 */
public record Table(
    List<Column> columns,
    float[] values,
    Target target,
    int testRows,
    int[] groups,
    double[] times,
    int dropped) {

  public Table {
    columns = List.copyOf(columns);
    if (values.length != (long) target.rows() * columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + target.rows() + " rows of " + columns.size());
    }
    if (testRows < 0 || testRows > target.rows()) {
      throw new IllegalArgumentException(testRows + " test rows of " + target.rows());
    }
  }

  /** Without groups, times and dropped rows. */
  public Table(List<Column> columns, float[] values, Target target, int testRows) {
    this(columns, values, target, testRows, null, null, 0);
  }

  /** A number, a place in the categories, or NaN. */
  float value(int row, int column) {
    return values[row * columns.size() + column];
  }

  /** The target, where it is classes. */
  public Target.Labels labels() {
    return (Target.Labels) target;
  }

  public int rows() {
    return target.rows();
  }
}
