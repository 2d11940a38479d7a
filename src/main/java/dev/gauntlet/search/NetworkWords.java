package dev.gauntlet.search;

import dev.gauntlet.config.Convolutional;
import dev.gauntlet.config.Convolutional.Block;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.NetworkConfig;
import dev.gauntlet.config.NetworkConfig.BatchNorm;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.config.NetworkConfig.Linear;
import dev.gauntlet.config.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/** A point's network in a few words, such as {@code dense 500-300 relu, dropout 0.2}. */
final class NetworkWords {
  private NetworkWords() {}

  static String of(NetworkConfig network) {
    if (network instanceof Dense dense) {
      return dense(dense);
    }
    return network instanceof Convolutional convolutional
        ? convolutional(convolutional)
        : linear((Linear) network);
  }

  /** {@code arbiter dense 12, dense 12, output 2}. */
  static String of(MultiLayerConfiguration network) {
    return network.getConfs().stream()
        .map(conf -> layer(conf.getLayer()))
        .collect(Collectors.joining(", ", "arbiter ", ""));
  }

  private static String layer(Layer layer) {
    String kind = Names.word(layer.getClass().getSimpleName().replaceFirst("Layer$", ""));
    boolean wide = layer instanceof FeedForwardLayer && !(layer instanceof BatchNormalization);
    return kind
        + (wide ? " " + ((FeedForwardLayer) layer).getNOut() : "")
        + (layer.getIDropout() == null ? "" : " behind dropout");
  }

  private static String linear(Linear network) {
    return "linear" + dropout("input dropout", network.inputDropout(), network.dropoutType());
  }

  private static String dense(Dense network) {
    return "dense "
        + joined(network.hidden())
        + " "
        + Names.word(network.activation().value())
        + batchNorm(network.batchNorm().value())
        + dropout("dropout", network.dropout(), network.dropoutType())
        + dropout("input dropout", network.inputDropout(), network.dropoutType());
  }

  private static String convolutional(Convolutional network) {
    List<String> blocks =
        network.blocks().stream()
            .filter(block -> block.repeat().value() > 0)
            .map(block -> block(block, network.dropoutType()))
            .collect(Collectors.toList());
    blocks.add(0, "conv");
    int layers = network.headLayers().value();
    return String.join(" ", blocks)
        + " "
        + Names.word(network.activation().value())
        + dropout("input dropout", network.inputDropout(), network.dropoutType())
        + (layers == 0
            ? ""
            : " + dense "
                + joined(Collections.nCopies(layers, network.units().value()))
                + dropout("dropout", network.headDropout(), network.dropoutType()));
  }

  /** {@code 32-64 3x3, batch norm}. */
  private static String block(Block block, Range<DropoutType> type) {
    List<Object> filters = new ArrayList<>();
    for (int repetition = 0; repetition < block.repeat().value(); repetition++) {
      filters.addAll(Collections.nCopies(block.convolutions().value(), block.filters(repetition)));
    }
    int kernel = block.kernel().value();
    return joined(filters)
        + " "
        + kernel
        + "x"
        + kernel
        + batchNorm(block.batchNorm().value())
        + dropout("dropout", block.dropout(), type);
  }

  private static String joined(List<?> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  private static String batchNorm(BatchNorm batchNorm) {
    return switch (batchNorm) {
      case NONE -> "";
      case BEFORE -> ", batch norm before";
      case AFTER -> ", batch norm";
    };
  }

  private static String dropout(String name, Range<Double> rate, Range<DropoutType> type) {
    String kind = type.isOnly(DropoutType.PLAIN) ? "" : Names.word(type.value()) + " ";
    return rate.isOnly(0.0) ? "" : ", " + kind + name + " " + rate.value();
  }
}
