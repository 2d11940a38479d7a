package dev.gauntlet.search;

import dev.gauntlet.config.Convolutional.Block;
import dev.gauntlet.config.Convolutional.Padding;
import dev.gauntlet.config.Convolutional.Pooling;
import dev.gauntlet.config.LayerSettings;
import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.BatchNorm;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Layers of a DL4J network, put one upon the other. DL4J drops a layer's inputs, so dropout waits
 * for the next layer; and it infers sizes, so they are followed here for what cannot be.
 */
final class LayerStack {
  private static final int MAX_FILTERS = 65536;

  private final ListBuilder layers;
  private final LayerSettings settings;
  private final Activation activation;
  private final InputType input;
  private Volume image;
  private long features;
  private double dropout;

  /**
   * @param layers what all layers share
   * @param activation of hidden layers
   * @param image the arrangement of the features; null for none
   */
  LayerStack(
      ListBuilder layers,
      LayerSettings settings,
      Activation activation,
      int features,
      Volume image) {
    this.layers = layers;
    this.settings = settings;
    this.activation = activation;
    this.features = features;
    this.image = image;
    this.input =
        image == null
            ? InputType.feedForward(features)
            : InputType.convolutionalFlat(image.height(), image.width(), image.channels());
    drop(settings.inputDropout().value());
  }

  /** Drops a fraction of what the layer before puts out. */
  void drop(double rate) {
    dropout = rate;
  }

  void dense(int units, BatchNorm batchNorm) {
    add(new DenseLayer.Builder().nOut(units), features, batchNorm);
    image = null;
    features = units;
  }

  /**
   * @param filters of each convolution
   * @param name of the block, for people
   * @throws ImpossibleNetworkException if nothing is left of the image
   */
  void block(Block block, long filters, String name) {
    if (filters > MAX_FILTERS) {
      throw new ImpossibleNetworkException(
          name + " has " + filters + " filters; the rule: at most " + MAX_FILTERS + ".");
    }
    for (int i = 0; i < block.convolutions().value(); i++) {
      convolution(block, (int) filters, name);
    }
    if (block.pooling().value() != Pooling.NONE) {
      pooling(block.pooling().value(), block.poolSize().value(), name);
    }
    drop(block.dropout().value());
  }

  private void convolution(Block block, int filters, String name) {
    int kernel = block.kernel().value();
    boolean same = block.padding().value() == Padding.SAME;
    if (!same) {
      requireRoom(kernel, name, "a " + kernel + "x" + kernel + " kernel", "padding: same");
    }
    var layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(filters)
            .stride(1, 1)
            .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate);
    add(layer, (long) image.channels() * kernel * kernel, block.batchNorm().value());
    int shrunk = same ? 0 : kernel - 1;
    resize(filters, image.height() - shrunk, image.width() - shrunk);
  }

  private void pooling(Pooling pooling, int side, String name) {
    requireRoom(side, name, side + "x" + side + " pooling", "pooling: none, or fewer blocks");
    layers.layer(
        new SubsamplingLayer.Builder(
                pooling == Pooling.MAX
                    ? SubsamplingLayer.PoolingType.MAX
                    : SubsamplingLayer.PoolingType.AVG)
            .kernelSize(side, side)
            .stride(side, side)
            .convolutionMode(ConvolutionMode.Truncate)
            .build());
    resize(image.channels(), image.height() / side, image.width() / side);
  }

  private void requireRoom(int side, String name, String what, String maybe) {
    if (image.height() < side || image.width() < side) {
      throw new ImpossibleNetworkException(
          "%s: %s on what is %dx%d; the rule: it fits in. Maybe %s."
              .formatted(name, what, image.height(), image.width(), maybe));
    }
  }

  private void resize(int channels, int height, int width) {
    image = new Volume(channels, height, width);
    features = image.values();
  }

  private void add(BaseLayer.Builder<?> layer, long fanIn, BatchNorm batchNorm) {
    var function =
        org.nd4j.linalg.activations.Activation.valueOf(
            activation.name().replace("_", "").toUpperCase(Locale.ROOT));
    boolean before = batchNorm == BatchNorm.BEFORE;
    layer.activation(before ? org.nd4j.linalg.activations.Activation.IDENTITY : function);
    Weights.set(layer, settings.weightInit().value(), activation, fanIn);
    layers.layer(dropping(layer).build());
    if (batchNorm != BatchNorm.NONE) {
      layers.layer(new BatchNormalization.Builder().build());
    }
    if (before) {
      layers.layer(new ActivationLayer.Builder().activation(function).build());
    }
  }

  private <B extends BaseLayer.Builder<?>> B dropping(B layer) {
    if (dropout > 0) {
      layer.dropOut(Dropouts.of(settings.dropoutType().value(), dropout));
    }
    drop(0);
    return layer;
  }

  /** The whole network, with its last layer. */
  MultiLayerConfiguration output(BaseOutputLayer.Builder<?> layer) {
    Weights.set(layer, settings.weightInit().value(), Activation.IDENTITY, features);
    return layers.layer(dropping(layer).build()).setInputType(input).build();
  }
}
