package dev.gauntlet.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FiniteActivationTest {

  private static INDArray inputs(DataType type) {
    return Nd4j.linspace(type, -120, 0.25, 961).reshape(1, 961);
  }

  /** Every activation that a network may have. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {
        "RELU",
        "LEAKYRELU",
        "ELU",
        "SELU",
        "GELU",
        "SWISH",
        "MISH",
        "TANH",
        "SIGMOID",
        "SOFTPLUS",
        "SOFTSIGN",
        "IDENTITY"
      })
  void anyInput_valueAndDerivativeAreFiniteAndRight(Activation activation) {
    IActivation plain = activation.getActivationFunction();
    IActivation finite = FiniteActivation.of(activation.getActivationFunction());

    float[] in = inputs(DataType.FLOAT).data().asFloat();
    float[] values = finite.getActivation(inputs(DataType.FLOAT), true).dup().data().asFloat();
    float[] slopes =
        finite
            .backprop(inputs(DataType.FLOAT), Nd4j.ones(DataType.FLOAT, 1, 961))
            .getFirst()
            .dup()
            .data()
            .asFloat();
    double h = 1e-5;
    double[] above = doubles(plain, h);
    double[] below = doubles(plain, -h);
    for (int i = 0; i < in.length; i++) {
      // Out of the kinks at 0.
      if (Math.abs(in[i]) > 0.3) {
        double slope = (above[i] - below[i]) / (2 * h);
        assertThat(slopes[i]).as("at %s", in[i]).isCloseTo((float) slope, within(1e-5f));
        double value = (above[i] + below[i]) / 2;
        assertThat(values[i]).as("at %s", in[i]).isCloseTo((float) value, within(1e-4f));
      }
    }
  }

  private static double[] doubles(IActivation plain, double shift) {
    return plain.getActivation(inputs(DataType.DOUBLE).addi(shift), true).dup().data().asDouble();
  }
}
