package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RationalSigmoidTest {
  private static final int STEPS = 400_000;

  /** From -40 to 40. */
  private static float[] inputs() {
    float[] inputs = new float[2 * STEPS + 1];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (i - STEPS) * 1e-4f;
    }
    return inputs;
  }

  @Test
  void sigmoid_everywhere_isNearTheTrueOne() {
    float[] inputs = inputs();
    float[] values = inputs.clone();

    RationalSigmoid.sigmoid(values);

    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      worst = Math.max(worst, Math.abs(values[i] - 1 / (1 + StrictMath.exp(-inputs[i]))));
      assertThat(values[i] >= 0 && values[i] <= 1).isTrue();
    }
    assertThat(worst).isLessThan(3e-7);
  }

  @Test
  void tanh_everywhere_isNearTheTrueOne() {
    float[] inputs = inputs();
    float[] values = inputs.clone();

    RationalSigmoid.tanh(values);

    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      worst = Math.max(worst, Math.abs(values[i] - StrictMath.tanh(inputs[i])));
      assertThat(values[i] >= -1 && values[i] <= 1).isTrue();
    }
    assertThat(worst).isLessThan(5e-7);
  }

  @Test
  void sigmoid_ofWhatIsNoNumber_isNone() {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    RationalSigmoid.sigmoid(values);

    assertThat(values[0]).isNaN();
    assertThat(values[1]).isCloseTo(1, within(1e-6f));
    assertThat(values[2]).isCloseTo(0, within(1e-6f));
  }
}
