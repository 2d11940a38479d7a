package dev.gauntlet.search;

import dev.gauntlet.config.Convolutional;
import dev.gauntlet.config.Convolutional.Block;
import dev.gauntlet.config.GradientClipping;
import dev.gauntlet.config.LayerSettings;
import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.BatchNorm;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.SpaceConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.nd4j.linalg.learning.config.IUpdater;

/** A point of the search space to a DL4J configuration. */
final class NetworkBuilder {
  private NetworkBuilder() {}

  /**
   * @param outputs what is predicted: classes; 1 for a number
   */
  static Candidate build(int id, SpaceConfig point, int inputs, int outputs) {
    String words = NetworkWords.of(point.network());
    try {
      MultiLayerConfiguration configuration = configuration(point, inputs, outputs);
      long parameters =
          configuration.getConfs().stream()
              .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
              .sum();
      return new Candidate(id, point, configuration.toJson(), words, parameters, null);
    } catch (ImpossibleNetworkException e) {
      return new Candidate(id, point, "", words, 0, e.getMessage());
    }
  }

  private static MultiLayerConfiguration configuration(SpaceConfig point, int inputs, int outputs) {
    LayerSettings settings = (LayerSettings) point.network();
    IUpdater updater = Updaters.of(point.optimizer().value(), point.training().epochs().value());
    ListBuilder layers = shared(settings, updater);
    LayerStack stack;
    if (point.network() instanceof Dense network) {
      stack = dense(network, layers, inputs);
    } else if (point.network() instanceof Convolutional network) {
      stack = convolutional(network, layers, inputs);
    } else {
      stack = new LayerStack(layers, settings, Activation.IDENTITY, inputs, null);
    }
    MultiLayerConfiguration network =
        stack.output(Losses.of(point.training().loss().value(), outputs).layer(outputs));
    Updaters.keepSchedule(updater, network);
    return network;
  }

  /** What all layers share. */
  private static ListBuilder shared(LayerSettings settings, IUpdater updater) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(0)
            .updater(updater)
            .l1(settings.l1().value())
            .l2(settings.l2().value());
    if (settings.weightDecay().value() > 0) {
      builder.weightDecay(settings.weightDecay().value());
    }
    GradientClipping clipping = settings.gradientClipping().value();
    if (clipping instanceof GradientClipping.Value value) {
      builder
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(value.threshold().value());
    } else if (clipping instanceof GradientClipping.Norm norm) {
      builder
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(norm.threshold().value());
    }
    return builder.list();
  }

  private static LayerStack dense(Dense network, ListBuilder layers, int inputs) {
    var stack = new LayerStack(layers, network, network.activation().value(), inputs, null);
    for (int units : network.hidden()) {
      stack.dense(units, network.batchNorm().value());
      stack.drop(network.dropout().value());
    }
    return stack;
  }

  private static LayerStack convolutional(Convolutional network, ListBuilder layers, int inputs) {
    Volume image = Volume.parse(network.image());
    var stack = new LayerStack(layers, network, network.activation().value(), inputs, image);
    int number = 0;
    for (Block block : network.blocks()) {
      for (int repetition = 0; repetition < block.repeat().value(); repetition++) {
        stack.block(block, block.filters(repetition), "block " + ++number);
      }
    }
    for (int layer = 0; layer < network.headLayers().value(); layer++) {
      stack.dense(network.units().value(), BatchNorm.NONE);
      stack.drop(network.headDropout().value());
    }
    return stack;
  }
}
