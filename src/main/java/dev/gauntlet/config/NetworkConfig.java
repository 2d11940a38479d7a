package dev.gauntlet.config;

import dev.gauntlet.config.Range.Fixed;
import java.io.Serializable;
import java.util.List;

/** An architecture. */
public sealed interface NetworkConfig extends Serializable
    permits NetworkConfig.Linear, NetworkConfig.Dense, Convolutional, NetworkConfig.Arbiter {

  /** No hidden layer: logistic, softmax or linear regression. */
  record Linear(
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> inputDropout,
      @Default("plain") Range<DropoutType> dropoutType,
      @Default("xavier") Range<WeightInit> weightInit,
      @Default("0") @Bounds(min = 0) Range<Double> l1,
      @Default("0") @Bounds(min = 0) Range<Double> l2,
      @Default("0") @Bounds(min = 0) Range<Double> weightDecay,
      @Default("none") Range<GradientClipping> gradientClipping)
      implements NetworkConfig, LayerSettings {

    public Linear {
      LayerSettings.requireOnePenalty(l2, weightDecay);
    }

    @Override
    public boolean hasDropout() {
      return inputDropout.value() > 0;
    }

    /** On the inputs. */
    @Override
    public Linear withDropout(double rate) {
      return new Linear(
          new Fixed<>(rate), dropoutType, weightInit, l1, l2, weightDecay, gradientClipping);
    }
  }

  /**
   * Dense hidden layers, then an output layer.
   *
   * @param layers hidden layers; null where the units are listed
   * @param units in each hidden layer
   * @param widths how the units of the layers belong together. In a point with independent widths
   *     the units are listed
   * @param batchNorm where each hidden layer has batch normalisation
   * @param dropout the fraction of a hidden layer's outputs that is dropped in training
   */
  record Dense(
      @Default("") @Bounds(min = 1, max = 100, maybe = "type: linear") Range<Integer> layers,
      @Default("{choice: [8, 16, 32, 64]}") @Bounds(min = 1, max = 65536) Range<Units> units,
      @Default("same") Range<Widths> widths,
      @Default("relu") Range<Activation> activation,
      @Default("none") Range<BatchNorm> batchNorm,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> dropout,
      @Default("0") @Bounds(min = 0, max = 1, below = true) Range<Double> inputDropout,
      @Default("plain") Range<DropoutType> dropoutType,
      @Default("xavier") Range<WeightInit> weightInit,
      @Default("0") @Bounds(min = 0) Range<Double> l1,
      @Default("0") @Bounds(min = 0) Range<Double> l2,
      @Default("0") @Bounds(min = 0) Range<Double> weightDecay,
      @Default("none") Range<GradientClipping> gradientClipping)
      implements NetworkConfig, LayerSettings {

    public Dense {
      LayerSettings.requireOnePenalty(l2, weightDecay);
      layers = new HiddenLayers(layers, units, widths).checked();
    }

    @Override
    public boolean hasDropout() {
      return dropout.value() > 0 || inputDropout.value() > 0;
    }

    /** After each hidden layer. */
    @Override
    public Dense withDropout(double rate) {
      return new Dense(
          layers,
          units,
          widths,
          activation,
          batchNorm,
          new Fixed<>(rate),
          inputDropout,
          dropoutType,
          weightInit,
          l1,
          l2,
          weightDecay,
          gradientClipping);
    }

    /** The same with other hidden layers. */
    public Dense withHidden(Integer layers, Units units, Widths widths) {
      return new Dense(
          layers == null ? null : new Fixed<>(layers),
          new Fixed<>(units),
          new Fixed<>(widths),
          activation,
          batchNorm,
          dropout,
          inputDropout,
          dropoutType,
          weightInit,
          l1,
          l2,
          weightDecay,
          gradientClipping);
    }

    /** How many layers may have units of their own; 0 where all depend on the first. */
    public int independentLayers() {
      return new HiddenLayers(layers, units, widths).independent();
    }

    /** Of a point: the units of each hidden layer, first to last. */
    public List<Integer> hidden() {
      return HiddenLayers.expanded(layers, units.value(), widths.value());
    }
  }

  /**
   * Any network that Arbiter can describe, with its own optimizer.
   *
   * @param file a {@code MultiLayerSpace} as JSON
   */
  record Arbiter(@FilePath String file) implements NetworkConfig {}

  /** How the units of hidden layers belong together. */
  enum Widths {
    /** All layers have as many. */
    SAME,
    /** Each layer has its own, from the same range. */
    INDEPENDENT,
    /** Each layer has half as many as the one before, rounded down, but at least 2. */
    TAPERING
  }

  /** Where batch normalisation is. */
  enum BatchNorm {
    @AlsoWritten("false")
    NONE,
    /** Between the sum of a layer's inputs and its activation (Ioffe and Szegedy 2015). */
    BEFORE,
    /** After the activation. */
    @AlsoWritten("true")
    AFTER
  }

  /** What is done to values that are dropped; all keep the mean. */
  enum DropoutType {
    /** They are 0, the others are scaled up (Srivastava et al. 2014). */
    PLAIN,
    /** Keeps mean and variance behind selu (Klambauer et al. 2017). */
    ALPHA,
    /** Nothing is 0; all are multiplied by noise of the same variance (Srivastava et al. 2014). */
    GAUSSIAN
  }

  /** The distribution of initial weights. */
  enum WeightInit {
    /** As the activation needs: {@link #HE_NORMAL}, {@link #LECUN_NORMAL} or {@link #XAVIER}. */
    AUTO,
    /** Normal, variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
    XAVIER,
    /** Uniform, variance 2 / (inputs + outputs). */
    XAVIER_UNIFORM,
    /** Normal, variance 2 / inputs (He et al. 2015). */
    HE_NORMAL,
    /** Uniform, variance 2 / inputs. */
    HE_UNIFORM,
    /** Normal, variance 1 / inputs (LeCun et al. 1998). */
    LECUN_NORMAL,
    /** Uniform, variance 1 / inputs. */
    LECUN_UNIFORM
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
