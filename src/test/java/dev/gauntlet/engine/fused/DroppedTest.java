package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.engine.fused.Plan.Noise;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DroppedTest {
  private static final int SIZE = 200_000;

  private static float[] normal() {
    Random random = new Random(3);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double mean(float[] values) {
    return IntStream.range(0, SIZE).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(float[] values) {
    double mean = mean(values);
    return IntStream.range(0, SIZE)
        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
        .average()
        .orElseThrow();
  }

  /** Of numbers with mean 0 and variance 1: E (x d)^2 is 1 / keep, where d has the mean 1. */
  @ParameterizedTest
  @CsvSource({"PLAIN, 0.8, 1.25", "GAUSSIAN, 0.8, 1.25", "GAUSSIAN, 0.5, 2", "ALPHA, 0.8, 1"})
  void forward_normalNumbers_keepsMeanAndGivesVariance(
      DropoutType type, double keep, double variance) {
    Dropped dropped = Dropped.of(new Noise(type, keep), SIZE);

    float[] values = dropped.forward(normal(), SIZE, 7).clone();

    assertThat(mean(values)).isCloseTo(0, within(0.02));
    assertThat(variance(values)).isCloseTo(variance, within(0.03));
    assertThat(dropped.forward(normal(), SIZE, 7)).isEqualTo(values);
    assertThat(dropped.forward(normal(), SIZE, 8)).isNotEqualTo(values);
  }

  @ParameterizedTest
  @EnumSource
  void backward_sameNoise_isTheSlope(DropoutType type) {
    Dropped dropped = Dropped.of(new Noise(type, 0.7), SIZE);
    float[] in = normal();
    float[] before = dropped.forward(in, SIZE, 7).clone();
    for (int i = 0; i < SIZE; i++) {
      in[i] += 1;
    }
    float[] after = dropped.forward(in, SIZE, 7).clone();
    float[] delta = new float[SIZE];
    Arrays.fill(delta, 2);

    dropped.backward(delta, SIZE);

    for (int i = 0; i < SIZE; i++) {
      assertThat(delta[i] / 2).isCloseTo(after[i] - before[i], within(1e-5f));
    }
  }
}
