package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparkForestIT {
  private static final int[] CATEGORIES = {0, 0, 4, 2};

  private static double[][] points(int rows) {
    Random random = new Random(5);
    double[][] points = new double[rows][];
    for (int i = 0; i < rows; i++) {
      points[i] =
          new double[] {
            random.nextDouble(), random.nextDouble(), random.nextInt(4), random.nextInt(2)
          };
    }
    return points;
  }

  private static double[] importance(String master, double[][] points, double[] targets) {
    try (var spark = SparkSessions.start("forest", master)) {
      return new SparkForest(spark).importance(points, CATEGORIES, targets);
    }
  }

  private static double[] noisy(double[][] points, int column) {
    Random noise = new Random(9);
    return Arrays.stream(points)
        .mapToDouble(point -> point[column] + 0.1 * noise.nextGaussian())
        .toArray();
  }

  @Test
  void importance_oneColumnDecides_isItsOwn() {
    double[][] points = points(60);

    for (int column = 0; column < CATEGORIES.length; column++) {
      double[] shares = importance("local[2]", points, noisy(points, column));

      assertThat(shares[column]).isGreaterThan(0.8);
      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    }
  }

  /** Neither cores nor Spark's defaults are seen in a leaderboard. */
  @Test
  void importance_anyCores_isTheSameBitForBit() {
    double[][] points = points(200);
    double[] targets = noisy(points, 2);
    double[] expected = importance("local[1]", points, targets);
    System.setProperty("spark.default.parallelism", "7");
    try {
      assertThat(importance("local[3]", points, targets)).isEqualTo(expected);
    } finally {
      System.clearProperty("spark.default.parallelism");
    }
  }

  /** More words than bins, and one for each row. */
  @Test
  void importance_manyCategories_isGiven() {
    double[][] points = points(50);
    for (int i = 0; i < points.length; i++) {
      points[i][2] = i;
    }
    try (var spark = SparkSessions.start("forest", "local[2]")) {
      double[] shares =
          new SparkForest(spark)
              .importance(points, new int[] {0, 0, points.length, 2}, noisy(points, 0));

      assertThat(shares).hasSize(4);
    }
  }
}
