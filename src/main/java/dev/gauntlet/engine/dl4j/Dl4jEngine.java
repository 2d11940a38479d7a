package dev.gauntlet.engine.dl4j;

import dev.gauntlet.engine.base.Gpu;
import dev.gauntlet.engine.base.LocalEpochs;
import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Training;
import dev.gauntlet.engine.base.WeightOrder;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.base.WeightsEngine;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Trains with DL4J's own {@code MultiLayerNetwork}, on what ND4J computes on. */
public final class Dl4jEngine implements WeightsEngine {

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public boolean supports(Candidate candidate) {
    return true;
  }

  @Override
  public String device() {
    return Gpu.isUsed() ? "gpu" : "cpu";
  }

  @Override
  public TrainedModel train(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork network = Networks.initialised(task);
    ILossFunction plain = outputLayer(network).getLossFn();
    forTraining(network, task.classWeights());
    var learner = new Dl4jLearner(network, new Batches(task.training(), units(network)), task);
    var training = new Training(new LocalEpochs(learner, task), task, WeightOrder.DL4J);
    training.run();
    byte[] checkpoint = training.checkpoint();
    LearningCurve curve = training.finish();
    network.setEpochCount(curve.bestEpoch());
    outputLayer(network).setLossFn(plain);
    FiniteActivation.outOf(network);
    return new Dl4jModel(
        network, task.training().preprocessor(), task.training().numbers(), curve, checkpoint);
  }

  /** Puts in the loss and the activations to train with. */
  private static void forTraining(MultiLayerNetwork network, double[] classWeights)
      throws TrainingFailedException {
    ILossFunction plain = outputLayer(network).getLossFn();
    outputLayer(network).setLossFn(weighted(plain, classWeights, network));
    FiniteActivation.into(network);
  }

  /**
   * A task's network with its initial weights, to be trained by others than this engine.
   *
   * @return with the loss and the activations to train with
   */
  public static MultiLayerNetwork network(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork network = Networks.initialised(task);
    forTraining(network, task.classWeights());
    return network;
  }

  /** Of its output layer, for {@link Batches}. */
  public static int units(MultiLayerNetwork network) {
    return (int) outputLayer(network).getNOut();
  }

  @Override
  public Weights initial(TrainingTask task) throws TrainingFailedException {
    MultiLayerNetwork network = network(task);
    try {
      return Networks.weights(network);
    } finally {
      Networks.close(network);
    }
  }

  @Override
  public WeightOrder order(TrainingTask task) {
    return WeightOrder.DL4J;
  }

  @Override
  public TrainedModel model(
      TrainingTask task, Weights weights, int steps, LearningCurve curve, byte[] checkpoint) {
    NativeThreads.one();
    MultiLayerNetwork network = Networks.initialised(task);
    Networks.setWeights(network, weights);
    network.setIterationCount(steps);
    network.setEpochCount(curve.bestEpoch());
    return new Dl4jModel(
        network, task.training().preprocessor(), task.training().numbers(), curve, checkpoint);
  }

  /** The loss to train with: each row's is multiplied by the weight of its class. */
  private static ILossFunction weighted(
      ILossFunction plain, double[] weights, MultiLayerNetwork network)
      throws TrainingFailedException {
    if (plain instanceof LossBinaryXENT && outputLayer(network).getNOut() == 1) {
      return new BinaryCrossEntropy(weights);
    }
    if (Arrays.stream(weights).allMatch(weight -> weight == 1)) {
      return plain;
    }
    if (!(plain instanceof LossMCXENT)) {
      throw Networks.unweighted(plain);
    }
    return new LossMCXENT(Nd4j.createFromArray(weights).castTo(network.params().dataType()));
  }

  private static BaseOutputLayer outputLayer(MultiLayerNetwork network) {
    return (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
  }
}
