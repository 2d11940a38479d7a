package dev.gauntlet.validate;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The scores of one row of the leaderboard in k-fold cross-validation.
 *
 * <p>The training sets of two folds overlap, so the folds' scores are correlated and s²/k is too
 * small for the variance of their mean. Nadeau and Bengio (Inference for the Generalization Error,
 * Machine Learning 52, 2003) replace 1/k by 1/k + n_test/n_train, which in k-fold cross-validation
 * is 1/k + 1/(k-1). Both the interval and the test use it.
 *
 * @param scores one per fold, in the order of the folds; at least 2
 */
public record FoldScores(double[] scores) {

  public FoldScores {
    scores = scores.clone();
  }

  public double mean() {
    return StatUtils.mean(scores);
  }

  /** Sample standard deviation (k - 1). */
  public double std() {
    return Math.sqrt(StatUtils.variance(scores));
  }

  /** Half the width of the 95 % interval for the mean. */
  public double halfWidth() {
    double quantile =
        new TDistribution(null, scores.length - 1).inverseCumulativeProbability(0.975);
    return quantile * std() * Math.sqrt(correction());
  }

  /** The two-sided p-value of the corrected resampled t-test for equal means, on the same folds. */
  public double pValue(FoldScores other) {
    double[] differences = new double[scores.length];
    Arrays.setAll(differences, fold -> scores[fold] - other.scores[fold]);
    double mean = StatUtils.mean(differences);
    double variance = StatUtils.variance(differences);
    if (variance == 0) {
      return mean == 0 ? 1 : 0;
    }
    double t = mean / Math.sqrt(correction() * variance);
    return 2 * new TDistribution(null, scores.length - 1).cumulativeProbability(-Math.abs(t));
  }

  private double correction() {
    return 1.0 / scores.length + 1.0 / (scores.length - 1);
  }

  /**
   * Holm's step-down adjustment (1979), for testing several rows against the best.
   *
   * @return adjusted p-values, in the order of the given ones
   */
  public static double[] holm(double[] pValues) {
    Integer[] order = new Integer[pValues.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(pValues[a], pValues[b]));
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (order.length - i) * pValues[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
