package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Models with one weight for each input. Nothing in them is random. */
final class LinearLearners {
  /** With 100, as scikit-learn has, MLlib is far from done on images: 0.88 on MNIST, not 0.91. */
  private static final int MOST_ITERATIONS = 1000;

  /** Of the loss, relative, from one iteration to the next. */
  private static final double TOLERANCE = 1e-6;

  /** See {@link #leastSquares}. */
  private static final double RIDGE = 1e-9;

  private LinearLearners() {}

  /**
   * Logistic regression, of more than two classes multinomial. What is minimised is scikit-learn's
   * with its default {@code C = 1}: the sum of the log losses of all rows and half the sum of the
   * squares of the weights; MLlib takes both per row.
   */
  static Learner.Predictor logistic(Dataset<Row> table, int rows, Seed seed) {
    var model =
        new LogisticRegression()
            .setRegParam(1.0 / rows)
            .setElasticNetParam(0)
            .setStandardization(false)
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(table);
    return inputs -> model.predictProbability(inputs).toArray();
  }

  /**
   * Ordinary least squares: with up to 4,096 inputs from the normal equations, else by L-BFGS.
   * One-hot columns sum to 1, so many weights fit equally well: a penalty that is too small to be
   * seen in predictions takes the smallest, and keeps the equations solvable.
   */
  static Learner.Predictor leastSquares(Dataset<Row> table, int rows, Seed seed) {
    var model =
        new LinearRegression()
            .setRegParam(RIDGE)
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(table);
    return inputs -> new double[] {model.predict(inputs)};
  }
}
