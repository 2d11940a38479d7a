package dev.gauntlet.engine.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The steps of a forward pass with dropout. Each layer drops its inputs, as DL4J does it.
 *
 * @param fixed steps before the first that a seed changes
 * @param random from there on; empty without dropout
 * @param tile rows that go through it together
 */
record SampledNetwork(List<Step> fixed, List<Step> random, int tile) {
  /** So many rows of two layers of 50 to 200 units stay in a core's cache of 1 MiB. */
  static final int TILE = 512;

  /** A row of an image takes long, and few rows are filled up to a tile. */
  static final int IMAGE_TILE = DropoutStep.BLOCK;

  /** Layers that drop the whole of their input once, before anything else. */
  private static final List<Class<?>> DROPPING =
      List.of(DenseLayer.class, OutputLayer.class, ConvolutionLayer.class, DropoutLayer.class);

  /**
   * @param own an engine's own step for a layer, its activation included; empty for none
   */
  static SampledNetwork of(MultiLayerNetwork network, Function<Layer, Optional<Step>> own) {
    boolean images =
        Arrays.stream(network.getLayers())
            .anyMatch(layer -> layer.conf().getLayer() instanceof ConvolutionLayer);
    var sampled =
        new SampledNetwork(new ArrayList<>(), new ArrayList<>(), images ? IMAGE_TILE : TILE);
    for (int i = 0; i < network.getnLayers(); i++) {
      InputPreProcessor reshape = network.getLayerWiseConfigurations().getInputPreProcess(i);
      if (reshape != null) {
        sampled.add(LayerStep.reshaping(reshape), false);
      }
      sampled.add(i, network.getLayer(i), own);
    }
    return sampled;
  }

  private void add(int index, Layer layer, Function<Layer, Optional<Step>> own) {
    Dropout ours = plainDropout(layer);
    if (ours != null) {
      add(new DropoutStep(index, ours.getP()), true);
    }
    if (ours == null && noisy(layer)) {
      add(LayerStep.noisy(index, layer), true);
    } else if (ours == null || !(layer.conf().getLayer() instanceof DropoutLayer)) {
      add(own.apply(layer).orElseGet(() -> step(layer)), false);
    }
  }

  private static Step step(Layer layer) {
    return DenseStep.knows(layer) ? new DenseStep(layer) : LayerStep.plain(layer);
  }

  private void add(Step step, boolean seeded) {
    (seeded || !random.isEmpty() ? random : fixed).add(step);
  }

  /** The dropout that this class does itself; null if there is none, or any other noise. */
  private static Dropout plainDropout(Layer layer) {
    var configuration = layer.conf().getLayer();
    IDropout dropout = configuration.getIDropout();
    boolean ours =
        dropout != null
            && dropout.getClass() == Dropout.class
            && ((Dropout) dropout).getPSchedule() == null
            && DROPPING.contains(configuration.getClass())
            && !weightNoise(configuration);
    return ours ? (Dropout) dropout : null;
  }

  /** In doubt, as of a layer around another one, it is. */
  private static boolean noisy(Layer layer) {
    var configuration = layer.conf().getLayer();
    // In training it would use the statistics of the batch, and it never drops.
    return !(configuration instanceof BatchNormalization)
        && (configuration.getIDropout() != null
            || weightNoise(configuration)
            || configuration instanceof BaseWrapperLayer
            || configuration instanceof Bidirectional);
  }

  private static boolean weightNoise(org.deeplearning4j.nn.conf.layers.Layer configuration) {
    return configuration instanceof BaseLayer base && base.getWeightNoise() != null;
  }
}
