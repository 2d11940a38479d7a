package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Temperature scaling (Guo, Pleiss, Sun, Weinberger, On Calibration of Modern Neural Networks, ICML
 * 2017): the logits, here the logarithms of probabilities, are divided by one number, so that the
 * order of classes stays. Of one sigmoid unit that is Platt's scaling without intercept.
 *
 * @param value from {@value #LOWEST} to {@value #HIGHEST}; above 1 where a network is too sure
 */
record Temperature(double value) {
  static final double LOWEST = 0.05;
  static final double HIGHEST = 20;

  private static final double TOLERANCE = 1e-10;
  private static final int MOST_EVALUATIONS = 200;

  /**
   * The one with the smallest log loss. Where all rows are right, that is the lowest.
   *
   * @param probabilities {@code rows.size() x rows.outputs()}
   * @param rows that the network was not trained on
   */
  static Temperature fit(float[] probabilities, Rows rows) {
    double[] logits = logits(probabilities);
    // Convex in the inverse, and so with one minimum in the logarithm too.
    double best =
        new BrentOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                new UnivariateObjectiveFunction(log -> loss(logits, rows, StrictMath.exp(-log))),
                GoalType.MINIMIZE,
                new SearchInterval(StrictMath.log(LOWEST), StrictMath.log(HIGHEST), 0),
                new MaxEval(MOST_EVALUATIONS))
            .getPoint();
    double lowest = StrictMath.log(LOWEST);
    // Where the loss is 0 from some temperature down, the optimizer stops anywhere on the way.
    boolean flat =
        loss(logits, rows, StrictMath.exp(-lowest)) <= loss(logits, rows, StrictMath.exp(-best));
    return new Temperature(flat ? LOWEST : StrictMath.exp(best));
  }

  private static double loss(double[] logits, Rows rows, double inverse) {
    int classes = rows.outputs();
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += logNorm(logits, i * classes, classes, inverse);
      sum -= inverse * logits[i * classes + rows.label(i)];
    }
    return sum / rows.size();
  }

  /** The logarithm of the sum of exponentials, without overflow. */
  private static double logNorm(double[] logits, int from, int classes, double inverse) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, inverse * logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(inverse * logits[from + c] - largest);
    }
    return largest + StrictMath.log(sum);
  }

  /**
   * The scaled probabilities.
   *
   * @param probabilities rows of so many classes
   */
  float[] apply(float[] probabilities, int classes) {
    double[] logits = logits(probabilities);
    float[] scaled = new float[probabilities.length];
    for (int from = 0; from < scaled.length; from += classes) {
      double norm = logNorm(logits, from, classes, 1 / value);
      for (int c = from; c < from + classes; c++) {
        scaled[c] = (float) StrictMath.exp(logits[c] / value - norm);
      }
    }
    return scaled;
  }

  private static double[] logits(float[] probabilities) {
    double[] logits = new double[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = StrictMath.log(Math.max(Float.MIN_NORMAL, probabilities[i]));
    }
    return logits;
  }
}
