package dev.gauntlet.spark;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows until they end or cannot be read. A failure is kept and not thrown: thrown, Spark would log
 * it with its stack trace, and try it again.
 */
final class CaughtRows {
  private final Iterator<InternalRow> rows;
  private String fault;

  CaughtRows(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  /** Null after the last one. */
  InternalRow next() {
    if (fault != null) {
      return null;
    }
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (Exception | OutOfMemoryError e) {
      fault = SparkErrors.fault(e);
      return null;
    }
  }

  /** Why there are no more rows; null if they came to their end. */
  String fault() {
    return fault;
  }
}
