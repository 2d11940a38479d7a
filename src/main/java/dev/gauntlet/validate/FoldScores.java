package dev.gauntlet.validate;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The scores of one row of the leaderboard in cross-validation, repeated or not.
 *
 * <p>The training sets of two folds overlap, so the folds' scores are correlated and s²/n is too
 * small for the variance of their mean. Nadeau and Bengio (Inference for the Generalization Error,
 * Machine Learning 52, 2003) replace 1/n by 1/n + n_test/n_train, which for k folds repeated r
 * times is 1/(rk) + 1/(k-1) (Bouckaert and Frank, Evaluating the Replicability of Significance
 * Tests for Comparing Learning Algorithms, PAKDD 2004). The interval and both tests use it.
 *
 * @param scores one per fold, in the order of the folds; at least 2
 * @param ratio held-out rows per training row, over all folds
 */
public record FoldScores(double[] scores, double ratio) implements Serializable {

  public FoldScores {
    scores = scores.clone();
  }

  public double mean() {
    return StatUtils.mean(scores);
  }

  /** Sample standard deviation (n - 1). */
  public double std() {
    return Math.sqrt(StatUtils.variance(scores));
  }

  /** The lower end of the 95 % interval for the mean. */
  public double low() {
    return mean() - halfWidth();
  }

  /** The upper end of the 95 % interval for the mean. */
  public double high() {
    return mean() + halfWidth();
  }

  private double halfWidth() {
    double quantile =
        new TDistribution(null, scores.length - 1).inverseCumulativeProbability(0.975);
    return quantile * Math.sqrt(variance(scores));
  }

  /** The two-sided p-value of the corrected resampled t-test for equal means, on the same folds. */
  public double pValue(FoldScores other) {
    double[] differences = minus(other);
    double mean = StatUtils.mean(differences);
    double variance = variance(differences);
    if (variance == 0) {
      return mean == 0 ? 1 : 0;
    }
    double t = mean / Math.sqrt(variance);
    return 2 * new TDistribution(null, scores.length - 1).cumulativeProbability(-Math.abs(t));
  }

  /**
   * The Bayesian correlated t-test (Benavoli, Corani, Demsar, Zaffalon, Time for a Change, JMLR 18,
   * 2017): how probable it is that the mean of this minus the mean of the other, on the same folds,
   * lies in the region of practical equivalence, below it or above it.
   *
   * @param rope half the width of the region, from 0
   */
  public Posterior posterior(FoldScores other, double rope) {
    double[] differences = minus(other);
    double mean = StatUtils.mean(differences);
    double scale = Math.sqrt(variance(differences));
    if (scale == 0) {
      return new Posterior(
          mean < -rope ? 1 : 0, Math.abs(mean) <= rope ? 1 : 0, mean > rope ? 1 : 0);
    }
    var standard = new TDistribution(null, scores.length - 1);
    double lower = standard.cumulativeProbability((-rope - mean) / scale);
    // By symmetry: 1 minus the other tail would lose its digits.
    double higher = standard.cumulativeProbability((mean - rope) / scale);
    return new Posterior(lower, Math.max(0, 1 - lower - higher), higher);
  }

  /**
   * Probabilities of the difference of two means; they sum to 1.
   *
   * @param within the region of practical equivalence
   */
  public record Posterior(double lower, double within, double higher) {}

  private double[] minus(FoldScores other) {
    double[] differences = new double[scores.length];
    Arrays.setAll(differences, fold -> scores[fold] - other.scores[fold]);
    return differences;
  }

  /** Of the mean of such values. */
  private double variance(double[] values) {
    return (1.0 / values.length + ratio) * StatUtils.variance(values);
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
