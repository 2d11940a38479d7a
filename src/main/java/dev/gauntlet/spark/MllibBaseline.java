package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.spark.Learner.Predictor;
import dev.gauntlet.validate.Baseline;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A baseline that MLlib fits in Spark jobs of one task each. Its predictions are made here, row by
 * row: what was fitted is small, and the rows are here.
 *
 * @param data that rows are of
 */
record MllibBaseline(Learner learner, JavaSparkContext spark, SharedExperiment data)
    implements Baseline {

  /**
   * @throws IllegalStateException with one line, if Spark gives up
   */
  @Override
  public float[] predictions(Rows training, Rows rows, Seed seed) {
    try (var table = FittingTable.of(spark, data, training)) {
      return predictions(learner.fit(table.rows(), training.size(), seed), rows);
    } catch (RuntimeException e) {
      throw new IllegalStateException(SparkErrors.text(e), e);
    }
  }

  private static float[] predictions(Predictor fitted, Rows rows) {
    int outputs = rows.outputs();
    float[] predictions = new float[rows.size() * outputs];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = fitted.predict(FittingTable.inputs(rows, i));
      for (int output = 0; output < outputs; output++) {
        predictions[i * outputs + output] = inUnit(row[output], rows);
      }
    }
    return predictions;
  }

  private static float inUnit(double predicted, Rows rows) {
    Preprocessor fitted = rows.preprocessor();
    return (float) (predicted * fitted.targetScale() + fitted.targetShift());
  }
}
