package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An algorithm of MLlib with its settings. */
@FunctionalInterface
interface Learner {

  /**
   * Fits to all rows of a table.
   *
   * @param table as of {@link FittingTable}
   * @param rows of the table, which nobody has to count
   */
  Predictor fit(Dataset<Row> table, int rows, Seed seed);

  /** What was fitted, on the driver. */
  @FunctionalInterface
  interface Predictor {

    /**
     * @param inputs of one row
     * @return the probability of each class, or one number at the scale of the table's labels
     */
    double[] predict(Vector inputs);
  }
}
