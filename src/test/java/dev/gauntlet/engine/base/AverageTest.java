package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AverageTest {

  private static Weights weights(long seed) {
    var random = new Random(seed);
    float[] values = new float[100];
    float[] state = new float[50];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
      state[i / 2] = random.nextFloat();
    }
    return new Weights(values, state);
  }

  @Test
  void weights_oneShard_areItsBits() {
    for (int rows : new int[] {1, 3, 7, 1_000_003}) {
      var average = new Average();
      average.add(weights(rows), rows);

      assertThat(average.weights().parameters()).isEqualTo(weights(rows).parameters());
      assertThat(average.weights().state()).isEqualTo(weights(rows).state());
    }
  }

  @Test
  void weights_shardsOfDifferentSizes_countTheirRows() {
    var average = new Average();
    average.add(new Weights(new float[] {1, -2}, new float[] {10}), 1);
    average.add(new Weights(new float[] {5, 2}, new float[] {0}), 3);

    assertThat(average.weights().parameters()).containsExactly(4, 1);
    assertThat(average.weights().state()).containsExactly(2.5f);
  }
}
