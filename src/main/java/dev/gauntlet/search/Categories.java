package dev.gauntlet.search;

import java.util.Arrays;
import java.util.Random;

/**
 * Probabilities of equally wide parts of [0, 1]: observations, and one more that is spread over all
 * of them.
 */
final class Categories {
  private final double[] probability;

  Categories(double[] observations, int categories) {
    probability = new double[categories];
    Arrays.fill(probability, 1.0 / categories / (observations.length + 1));
    for (double x : observations) {
      probability[part(x)] += 1.0 / (observations.length + 1);
    }
  }

  private int part(double x) {
    return Math.min(probability.length - 1, (int) (x * probability.length));
  }

  /** The middle of a part. */
  double draw(Random random) {
    double rest = random.nextDouble();
    int part = 0;
    while (part < probability.length - 1 && rest >= probability[part]) {
      rest -= probability[part++];
    }
    return (part + 0.5) / probability.length;
  }

  double density(double x) {
    return probability[part(x)];
  }
}
