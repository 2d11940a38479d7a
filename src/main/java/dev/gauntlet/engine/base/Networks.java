package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** DL4J's networks. */
public final class Networks {
  private Networks() {}

  /**
   * That of a task, with its initial weights. From JSON each time: a configuration object counts
   * iterations and must not be shared.
   */
  public static MultiLayerNetwork initialised(TrainingTask task) {
    var configuration = MultiLayerConfiguration.fromJson(task.candidate().network());
    configuration.getConfs().forEach(layer -> layer.setSeed(task.seed().derive("weights").value()));
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** Seeds the generator that dropout draws from, which is the calling thread's own. */
  public static void seedDropout(Seed seed, int epoch) {
    Nd4j.getRandom().setSeed(seed.derive("dropout", epoch).value());
  }

  /** That class weights were given for a loss that has none. */
  public static TrainingFailedException unweighted(ILossFunction loss) {
    return new TrainingFailedException(
        "class weights with "
            + loss.getClass().getSimpleName()
            + "; the rule: with LossMCXENT or LossNegativeLogLikelihood");
  }

  /** A copy, in DL4J's order. */
  public static Weights weights(MultiLayerNetwork network) {
    INDArray state = network.getUpdater().getStateViewArray();
    return new Weights(floats(network.params()), state == null ? new float[0] : floats(state));
  }

  private static float[] floats(INDArray values) {
    try (INDArray copy = values.dup('c')) {
      return copy.data().asFloat();
    }
  }

  /** In DL4J's order, of both parameters and state. */
  public static void setWeights(MultiLayerNetwork network, Weights weights) {
    try (INDArray values = row(weights.parameters())) {
      network.setParams(values);
    }
    if (weights.state().length > 0) {
      INDArray target = network.getUpdater().getStateViewArray();
      try (INDArray values = row(weights.state())) {
        target.assign(values.reshape(target.shape()));
      }
    }
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  /** Frees its memory. Not the network's own way, which collects all garbage of the process. */
  public static void close(MultiLayerNetwork network) {
    Updater updater = network.getUpdater(false);
    Stream.of(
            network.params(),
            network.getFlattenedGradients(),
            updater == null ? null : updater.getStateViewArray())
        .filter(array -> array != null && array.closeable())
        .forEach(INDArray::close);
  }
}
