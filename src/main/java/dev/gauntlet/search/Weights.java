package dev.gauntlet.search;

import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.WeightInit;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.BaseLayer;

/** Distributions of initial weights as DL4J has them. */
final class Weights {
  private Weights() {}

  /**
   * @param activation what the layer's outputs go through
   * @param fanIn inputs of a unit
   */
  static void set(BaseLayer.Builder<?> layer, WeightInit kind, Activation activation, long fanIn) {
    switch (kind) {
      case AUTO -> set(layer, usual(activation), activation, fanIn);
      case XAVIER -> layer.weightInit(org.deeplearning4j.nn.weights.WeightInit.XAVIER);
      case XAVIER_UNIFORM ->
          layer.weightInit(org.deeplearning4j.nn.weights.WeightInit.XAVIER_UNIFORM);
      case HE_NORMAL -> layer.weightInit(org.deeplearning4j.nn.weights.WeightInit.RELU);
      case HE_UNIFORM -> layer.weightInit(org.deeplearning4j.nn.weights.WeightInit.RELU_UNIFORM);
      case LECUN_NORMAL -> layer.weightInit(org.deeplearning4j.nn.weights.WeightInit.LECUN_NORMAL);
      // DL4J's goes to 3 / sqrt(inputs), which has three times the variance.
      case LECUN_UNIFORM ->
          layer.weightInit(
              new UniformDistribution(-Math.sqrt(3.0 / fanIn), Math.sqrt(3.0 / fanIn)));
    }
  }

  private static WeightInit usual(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, GELU, SWISH, SOFTPLUS -> WeightInit.HE_NORMAL;
      case SELU -> WeightInit.LECUN_NORMAL;
      case TANH, SIGMOID, SOFTSIGN, IDENTITY -> WeightInit.XAVIER;
    };
  }
}
