package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.ModelFile;
import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.NetworkSampler;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A trained network.
 *
 * @param device that predicts; Monte Carlo dropout is the processor's, whatever it is
 * @param json of its configuration
 * @param weights in the order of the {@link Layout}
 * @param steps that were taken
 */
record FusedModel(
    Device device,
    String json,
    Plan plan,
    Layout layout,
    Weights weights,
    int steps,
    Preprocessor preprocessor,
    boolean numbers,
    LearningCurve curve,
    byte[] checkpoint)
    implements TrainedModel {

  @Override
  public float[] predictions(Rows rows) {
    return device.predictions(plan, layout, weights.parameters(), rows);
  }

  @Override
  public DropoutSampler sampler(Rows rows) {
    MultiLayerNetwork network = network();
    return NetworkSampler.of(
        network,
        rows,
        () -> predictions(rows),
        ConvolutionStep.of(network, plan, layout, weights.parameters()));
  }

  @Override
  public byte[] file() {
    MultiLayerNetwork network = network();
    try {
      return ModelFile.of(network, preprocessor, numbers);
    } finally {
      Networks.close(network);
    }
  }

  /** The same as DL4J has it. */
  private MultiLayerNetwork network() {
    NativeThreads.one();
    var network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
    network.init();
    Networks.setWeights(network, layout.toDl4j(weights, plan.states()));
    network.setIterationCount(steps);
    network.setEpochCount(curve.bestEpoch());
    return network;
  }
}
