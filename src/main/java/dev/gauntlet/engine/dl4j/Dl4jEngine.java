package dev.gauntlet.engine.dl4j;

import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Training;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
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
    MultiLayerNetwork network = Networks.initialised(task);
    ILossFunction plain = outputLayer(network).getLossFn();
    outputLayer(network).setLossFn(weighted(plain, task.classWeights(), network));
    FiniteActivation.into(network);
    var learner = new Dl4jLearner(network, (int) outputLayer(network).getNOut(), task);
    var training = new Training(learner, task);
    training.run();
    byte[] checkpoint = training.checkpoint();
    LearningCurve curve = training.finish();
    network.setEpochCount(curve.bestEpoch());
    outputLayer(network).setLossFn(plain);
    FiniteActivation.outOf(network);
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
