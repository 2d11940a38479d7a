package dev.gauntlet.search;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.special.Erf;

/**
 * A density on [0, 1]: one normal kernel, cut off at both ends, for each observation, and a wide
 * one in the middle that nothing can outweigh (Bergstra, Bardenet, Bengio, Kégl 2011). A kernel is
 * as wide as the gap to its farther neighbour, within limits, as in Optuna.
 *
 * <p>Density is the sum over k of {@code scale[k] exp(-(x - mean[k])^2 factor[k])}; kernels farther
 * than {@code sqrt(80)} deviations add nothing to a {@code double}.
 */
final class Parzen {
  private static final double MAX_EXPONENT = 40;

  private final double[] mean;
  private final double[] deviation;
  private final double[] factor;
  private final double[] scale;

  Parzen(double[] observations) {
    int kernels = observations.length + 1;
    mean = Arrays.copyOf(observations, kernels);
    mean[kernels - 1] = 0.5;
    Arrays.sort(mean);
    deviation = new double[kernels];
    factor = new double[kernels];
    scale = new double[kernels];
    int prior = Arrays.binarySearch(mean, 0.5);
    for (int k = 0; k < kernels; k++) {
      deviation[k] = k == prior ? 1 : width(k);
      factor[k] = 0.5 / (deviation[k] * deviation[k]);
      double inside = normal((1 - mean[k]) / deviation[k]) - normal(-mean[k] / deviation[k]);
      scale[k] = 1 / (kernels * deviation[k] * Math.sqrt(2 * Math.PI) * inside);
    }
  }

  private double width(int k) {
    int kernels = mean.length;
    double left = k == 0 ? 0 : mean[k] - mean[k - 1];
    double right = k == kernels - 1 ? 0 : mean[k + 1] - mean[k];
    return Math.min(1, Math.max(Math.max(left, right), 1.0 / Math.min(100, 1 + kernels)));
  }

  private static double normal(double z) {
    return 0.5 * Erf.erfc(-z / Math.sqrt(2));
  }

  double draw(Random random) {
    int k = random.nextInt(mean.length);
    double x;
    do {
      x = mean[k] + deviation[k] * random.nextGaussian();
    } while (x < 0 || x > 1);
    return x;
  }

  double density(double x) {
    double sum = 0;
    for (int k = 0; k < mean.length; k++) {
      double distance = x - mean[k];
      double exponent = distance * distance * factor[k];
      if (exponent < MAX_EXPONENT) {
        sum += scale[k] * Math.exp(-exponent);
      }
    }
    return sum;
  }
}
