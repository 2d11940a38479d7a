package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values and slopes beside those of 64 bits, far out too. */
class ActivationTest {
  private static final int SIZE = 6001;

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double value(Activation function, double x) {
    return switch (function) {
      case IDENTITY -> x;
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
      case GELU -> x * sigmoid(1.702 * x);
      case SWISH -> x * sigmoid(x);
      case SOFTPLUS -> Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
    };
  }

  @ParameterizedTest
  @EnumSource
  void applyAndBackward_anyInput_areCloseToTheTrueOnes(Activation function) {
    float[] in = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      // From -30 to 30, and not at 0, where some have a corner.
      in[i] = (i - 3000 + 0.5f) / 100;
    }
    float[] out = function.needsInput() ? new float[SIZE] : in.clone();
    float[] kept = in.clone();
    float[] delta = new float[SIZE];
    Arrays.fill(delta, 2);

    function.apply(function.needsInput() ? in : out, out, SIZE, new Exponential());
    function.backward(in, out, delta, SIZE);

    assertThat(in).isEqualTo(kept);
    for (int i = 0; i < SIZE; i++) {
      double expected = value(function, in[i]);
      double slope = (value(function, in[i] + 1e-5) - value(function, in[i] - 1e-5)) / 2e-5;
      // Some multiply what they get by a sigmoid, whose error that is.
      double bound = 1e-6 * Math.max(1, Math.abs(in[i]));
      assertThat((double) out[i]).as("at " + in[i]).isCloseTo(expected, within(bound));
      assertThat(delta[i] / 2.0).as("slope at " + in[i]).isCloseTo(slope, within(5e-6));
    }
  }
}
