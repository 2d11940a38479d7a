package dev.gauntlet.search;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.NetworkConfig.Activation;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.SpaceConfig;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.IUpdater;

/** A point of the search space to a DL4J configuration. */
final class NetworkBuilder {
  private NetworkBuilder() {}

  /**
   * @param outputs classes; 1 for a number
   */
  static Candidate build(int id, SpaceConfig point, int inputs, int outputs) {
    Dense network = (Dense) point.network();
    var output = Losses.of(point.training().loss().value(), outputs).layer(outputs);
    var updater = Updaters.of(point.optimizer().value(), point.training().epochs().value());
    MultiLayerConfiguration configuration = dense(network, updater, inputs, output);
    Updaters.keepSchedule(updater, configuration);
    long parameters =
        configuration.getConfs().stream()
            .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
            .sum();
    return new Candidate(id, point, configuration.toJson(), words(network), parameters);
  }

  /** Hidden layers, each with optional batch normalisation, then the output layer. */
  private static MultiLayerConfiguration dense(
      Dense network, IUpdater updater, int inputs, OutputLayer.Builder output) {
    int units = network.units().value();
    double dropout = network.dropout().value();
    var layers =
        new NeuralNetConfiguration.Builder()
            .seed(0)
            .updater(updater)
            .weightInit(WeightInit.XAVIER)
            .l2(network.l2().value())
            .list();
    for (int i = 0; i < network.layers().value(); i++) {
      // DL4J drops a layer's inputs: what is dropped here are the outputs of the layer before.
      layers.layer(
          new DenseLayer.Builder()
              .nIn(i == 0 ? inputs : units)
              .nOut(units)
              .activation(activation(network.activation().value()))
              .dropOut(i == 0 ? 0 : retain(dropout))
              .build());
      if (network.batchNorm().value()) {
        layers.layer(new BatchNormalization.Builder().nIn(units).nOut(units).build());
      }
    }
    return layers.layer(output.nIn(units).dropOut(retain(dropout)).build()).build();
  }

  /** DL4J counts what is kept, and reads 0 as "no dropout". */
  private static double retain(double dropout) {
    return dropout == 0 ? 0 : 1 - dropout;
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return org.nd4j.linalg.activations.Activation.valueOf(
        activation.name().replace("_", "").toUpperCase(Locale.ROOT));
  }

  private static String words(Dense network) {
    List<String> widths =
        Collections.nCopies(network.layers().value(), Integer.toString(network.units().value()));
    double dropout = network.dropout().value();
    return "dense "
        + String.join("-", widths)
        + " "
        + Names.word(network.activation().value())
        + (network.batchNorm().value() ? ", batch norm" : "")
        + (dropout == 0 ? "" : ", dropout " + dropout);
  }
}
