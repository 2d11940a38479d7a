package dev.gauntlet.search;

import dev.gauntlet.config.Convolutional;
import dev.gauntlet.config.Convolutional.Block;
import dev.gauntlet.config.GradientClipping;
import dev.gauntlet.config.LayerSettings;
import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.BatchNorm;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.config.SpaceConfig;
import dev.gauntlet.natives.BlasKernel;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/** A point of the search space to a DL4J configuration. */
final class NetworkBuilder {
  static {
    BlasKernel.choose();
  }

  private NetworkBuilder() {}

  /**
   * @param outputs what is predicted: classes; 1 for a number
   */
  static Candidate build(int id, SpaceConfig point, int inputs, int outputs) {
    String words = NetworkWords.of(point.network());
    try {
      return candidate(id, point, configuration(point, inputs, outputs), words, Map.of());
    } catch (ImpossibleNetworkException e) {
      return new Candidate(id, point, "", words, 0, Map.of(), e.getMessage());
    }
  }

  /** A candidate of an Arbiter space. */
  static Candidate build(int id, SpaceConfig point, ArbiterNetworks networks, double[] place) {
    Map<String, Object> chosen = networks.values(place);
    try {
      MultiLayerConfiguration network = networks.network(place);
      return candidate(id, point, network, NetworkWords.of(network), chosen);
    } catch (ImpossibleNetworkException e) {
      return new Candidate(id, point, "", "arbiter", 0, chosen, e.getMessage());
    }
  }

  private static Candidate candidate(
      int id,
      SpaceConfig point,
      MultiLayerConfiguration network,
      String words,
      Map<String, Object> chosen) {
    long parameters =
        network.getConfs().stream()
            .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
            .sum();
    return new Candidate(id, point, network.toJson(), words, parameters, chosen, null);
  }

  /** Whether any layer of a network drops its inputs. */
  static boolean drops(String network) {
    return MultiLayerConfiguration.fromJson(network).getConfs().stream()
        .anyMatch(layer -> layer.getLayer().getIDropout() != null);
  }

  /** With dropout on the inputs of every layer but the first, or of the only one. */
  static Candidate dropping(Candidate plain, double rate) {
    var network = MultiLayerConfiguration.fromJson(plain.network());
    int layers = network.getConfs().size();
    for (int layer = Math.min(1, layers - 1); layer < layers; layer++) {
      if (network.getConf(layer).getLayer() instanceof FeedForwardLayer weights
          && !(weights instanceof BatchNormalization)) {
        weights.setIDropout(Dropouts.of(DropoutType.PLAIN, rate));
      }
    }
    return candidate(plain.id(), plain.point(), network, NetworkWords.of(network), plain.chosen());
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
    decayOnce(network);
    return network;
  }

  /** DL4J gives each layer the weight decay of all layers twice. */
  private static void decayOnce(MultiLayerConfiguration network) {
    for (NeuralNetConfiguration layer : network.getConfs()) {
      if (layer.getLayer() instanceof BaseLayer base && base.getRegularization() != null) {
        base.setRegularization(base.getRegularization().stream().distinct().toList());
      }
    }
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
