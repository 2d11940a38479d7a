package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void apply_everyExponent_isWithinItsBound() {
    float[] values = new float[10_001];
    float[] expected = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = -87f * i / (values.length - 1);
      expected[i] = (float) StrictMath.exp(values[i]);
    }

    new Exponential().apply(values, values.length);

    for (int i = 0; i < values.length; i++) {
      assertThat(values[i] / expected[i]).as("exp of " + i).isCloseTo(1, within(3e-7f));
    }
  }

  @Test
  void apply_extremes_areFiniteOrNotANumber() {
    float[] values = {0, -0f, -1e-30f, -88, -1e30f, Float.NEGATIVE_INFINITY, Float.NaN};

    new Exponential().apply(values, values.length);

    assertThat(values[0]).isEqualTo(1);
    assertThat(values[1]).isEqualTo(1);
    assertThat(values[2]).isEqualTo(1);
    for (int i = 3; i < 6; i++) {
      assertThat(values[i]).isPositive().isLessThan(2e-38f);
    }
    assertThat(values[6]).isNaN();
  }

  @Test
  void apply_size_leavesTheRest() {
    float[] values = {-1, -1, 5};

    new Exponential().apply(values, 2);

    assertThat(values[1]).isCloseTo((float) (1 / Math.E), within(1e-7f));
    assertThat(values[2]).isEqualTo(5);
  }
}
