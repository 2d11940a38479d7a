package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.train.DropoutSampler;

/**
 * What passes with dropout on say about each row. Of classes: the mean probabilities; their
 * entropy, which is the predictive entropy; and its part that passes disagree on, the mutual
 * information of class and weights, BALD (Houlsby, Huszar, Ghahramani, Lengyel 2011). Of a number:
 * mean and standard deviation. Entropies are in nats.
 */
final class Uncertainty {
  private final Rows rows;
  private final double[] scores;
  private final double[] sums;

  /** Of a number: the first pass, and squared deviations from it, which keep their digits. */
  private float[] first;

  private final double[] squares;
  private final double[] entropies;
  private int passes;

  private Uncertainty(Rows rows, int passes) {
    this.rows = rows;
    this.scores = new double[passes];
    this.sums = new double[rows.size() * rows.outputs()];
    this.squares = new double[rows.numbers() ? rows.size() : 0];
    this.entropies = new double[rows.numbers() ? 0 : rows.size()];
  }

  /**
   * Runs the passes.
   *
   * @param metric of each pass
   * @param seed of all passes; each has its own
   */
  static Uncertainty measure(
      DropoutSampler sampler, Rows rows, Metric metric, int passes, Seed seed) {
    var measured = new Uncertainty(rows, passes);
    for (int pass = 0; pass < passes; pass++) {
      float[] predictions = sampler.pass(seed.derive("pass", pass));
      measured.add(predictions, Scores.of(metric, predictions, rows));
    }
    return measured;
  }

  private void add(float[] predictions, double score) {
    scores[passes++] = score;
    first = first == null ? predictions : first;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += predictions[i];
    }
    for (int i = 0; i < squares.length; i++) {
      double deviation = (double) predictions[i] - first[i];
      squares[i] += deviation * deviation;
    }
    int classes = rows.outputs();
    for (int i = 0; i < entropies.length; i++) {
      double entropy = 0;
      for (int c = i * classes; c < (i + 1) * classes; c++) {
        entropy += term(predictions[c]);
      }
      entropies[i] += entropy;
    }
  }

  private static double term(double probability) {
    return probability > 0 ? -probability * StrictMath.log(probability) : 0;
  }

  /** The metric of each pass. */
  double[] scores() {
    return scores;
  }

  /** Means over passes: {@code rows.size() x rows.outputs()}. */
  float[] means() {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / passes);
    }
    return means;
  }

  /** The sample standard deviation of a number over passes. */
  double std(int row) {
    double deviation = sums[row] / passes - first[row];
    return Math.sqrt(Math.max(0, squares[row] - passes * deviation * deviation) / (passes - 1));
  }

  /** The predictive entropy of a row, from 0 to log(classes). */
  double entropy(int row) {
    int classes = rows.outputs();
    double entropy = 0;
    for (int c = row * classes; c < (row + 1) * classes; c++) {
      entropy += term(sums[c] / passes);
    }
    return entropy;
  }

  /** The mutual information of a row, from 0 to its predictive entropy. */
  double information(int row) {
    return Math.max(0, entropy(row) - entropies[row] / passes);
  }
}
