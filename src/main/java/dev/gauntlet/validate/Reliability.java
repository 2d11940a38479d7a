package dev.gauntlet.validate;

import dev.gauntlet.data.Rows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Probabilities beside frequencies. Of two classes: the probability of the last one, and how often
 * it is right (Naeini et al., Obtaining well calibrated probabilities using Bayesian binning, 2015;
 * scikit-learn's {@code calibration_curve}). Of more: the probability of the most probable class,
 * and how often that is the right one (Guo et al., On calibration of modern neural networks, 2017).
 *
 * @param bins of one width, from 0 to 1
 */
public record Reliability(List<Bin> bins) implements Serializable {
  private static final int BINS = 10;

  /**
   * Rows with a probability above {@code low}, up to {@code high}; the first has 0 too.
   *
   * @param predicted their mean probability; NaN without rows
   * @param observed the fraction of them that the probability was right about; NaN without rows
   */
  public record Bin(double low, double high, int rows, double predicted, double observed)
      implements Serializable {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * @param probabilities {@code rows.size() x rows.outputs()}
   */
  public static Reliability of(float[] probabilities, Rows rows) {
    int classes = rows.outputs();
    int[] sizes = new int[BINS];
    int[] right = new int[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < rows.size(); i++) {
      int c = classes == 2 ? 1 : ConfusionMatrix.predicted(probabilities, i, classes);
      double probability = probabilities[i * classes + c];
      int bin = bin(probability);
      sizes[bin]++;
      sums[bin] += probability;
      right[bin] += rows.label(i) == c ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(
          new Bin(low(b), low(b + 1), sizes[b], sums[b] / sizes[b], (double) right[b] / sizes[b]));
    }
    return new Reliability(bins);
  }

  private static double low(int bin) {
    return (double) bin / BINS;
  }

  private static int bin(double probability) {
    int bin = 0;
    while (bin < BINS - 1 && probability > low(bin + 1)) {
      bin++;
    }
    return bin;
  }

  /** The expected calibration error: the mean over rows of their bin's difference, 0 to 1. */
  public double error() {
    double sum = 0;
    int rows = 0;
    for (Bin bin : bins) {
      if (bin.rows > 0) {
        sum += bin.rows * Math.abs(bin.predicted - bin.observed);
        rows += bin.rows;
      }
    }
    return sum / rows;
  }
}
