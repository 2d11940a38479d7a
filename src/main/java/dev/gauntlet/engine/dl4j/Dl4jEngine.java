package dev.gauntlet.engine.dl4j;

import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Trains with DL4J's own {@code MultiLayerNetwork}. */
public final class Dl4jEngine implements TrainingEngine {

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public boolean supports(Candidate candidate) {
    return true;
  }

  @Override
  public TrainedModel train(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork network = initialised(task);
    ILossFunction plainLoss = weighLoss(network, task.classWeights());
    var training = new Training(network, task);
    training.run();
    byte[] checkpoint = training.checkpoint();
    LearningCurve curve = training.finish();
    outputLayer(network).setLossFn(plainLoss);
    return new Dl4jModel(
        network, task.training().preprocessor(), task.training().numbers(), curve, checkpoint);
  }

  /** From JSON each time: a configuration object counts iterations and must not be shared. */
  private static MultiLayerNetwork initialised(TrainingTask task) {
    var configuration = MultiLayerConfiguration.fromJson(task.candidate().network());
    configuration.getConfs().forEach(layer -> layer.setSeed(task.seed().derive("weights").value()));
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** Puts the weighted loss in; returns the plain one. */
  private static ILossFunction weighLoss(MultiLayerNetwork network, double[] weights) {
    BaseOutputLayer output = outputLayer(network);
    ILossFunction plain = output.getLossFn();
    if (Arrays.stream(weights).anyMatch(weight -> weight != 1)) {
      if (!(plain instanceof LossMCXENT)) {
        throw new IllegalArgumentException("class weights with loss " + plain.name());
      }
      output.setLossFn(
          new LossMCXENT(Nd4j.createFromArray(weights).castTo(network.params().dataType())));
    }
    return plain;
  }

  private static BaseOutputLayer outputLayer(MultiLayerNetwork network) {
    return (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
  }
}
