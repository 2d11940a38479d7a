package dev.gauntlet.config;

import java.io.Serializable;

/** An architecture. */
public sealed interface NetworkConfig extends Serializable {

  /** Whether a point of the search space drops anything. */
  boolean hasDropout();

  /** This architecture with dropout at the given rate after each hidden layer. */
  NetworkConfig withDropout(double rate);

  /**
   * Dense layers of the same width, then a softmax output.
   *
   * @param layers hidden layers
   * @param units in each hidden layer
   * @param batchNorm whether batch normalisation follows each hidden layer's activation
   * @param dropout the fraction of a hidden layer's outputs that is dropped in training
   * @param l2 the factor of the L2 penalty on weights
   */
  record Dense(
      @Default("{min: 1, max: 3}") @Bounds(min = 1, max = 100) Range<Integer> layers,
      @Default("{choice: [8, 16, 32, 64]}") @Bounds(min = 1, max = 65536) Range<Integer> units,
      @Default("relu") Range<Activation> activation,
      @Default("false") Range<Boolean> batchNorm,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> dropout,
      @Default("0") @Bounds(min = 0) Range<Double> l2)
      implements NetworkConfig {
    @Override
    public boolean hasDropout() {
      return dropout.value() > 0;
    }

    @Override
    public Dense withDropout(double rate) {
      return new Dense(layers, units, activation, batchNorm, new Range.Fixed<>(rate), l2);
    }
  }

  /** The activation of hidden layers. */
  enum Activation {
    RELU,
    LEAKY_RELU,
    ELU,
    SELU,
    GELU,
    SWISH,
    TANH,
    SIGMOID,
    SOFTPLUS,
    SOFTSIGN,
    IDENTITY
  }
}
