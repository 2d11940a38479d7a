package dev.gauntlet.engine.dl4j;

import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TrainingPlan;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
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
    MultiLayerNetwork network = initialised(task);
    ILossFunction plain = outputLayer(network).getLossFn();
    outputLayer(network).setLossFn(weighted(plain, task.classWeights(), network));
    LearningCurve curve = fit(network, task);
    network.setEpochCount(curve.bestEpoch());
    outputLayer(network).setLossFn(plain);
    return new Dl4jModel(network, task.training().preprocessor(), task.training().numbers(), curve);
  }

  /** From JSON each time: a configuration object counts iterations and must not be shared. */
  private static MultiLayerNetwork initialised(TrainingTask task) {
    var configuration = MultiLayerConfiguration.fromJson(task.candidate().network());
    configuration.getConfs().forEach(layer -> layer.setSeed(task.seed().derive("weights").value()));
    var network = new MultiLayerNetwork(configuration);
    network.init();
    // The generator is the thread's own; dropout draws from it.
    Nd4j.getRandom().setSeed(task.seed().derive("dropout").value());
    return network;
  }

  /** The loss to train with: each row's is multiplied by the weight of its class. */
  private static ILossFunction weighted(
      ILossFunction plain, double[] weights, MultiLayerNetwork network) {
    if (plain instanceof LossBinaryXENT) {
      return new BinaryCrossEntropy(weights);
    }
    if (Arrays.stream(weights).allMatch(weight -> weight == 1)) {
      return plain;
    }
    if (!(plain instanceof LossMCXENT)) {
      throw new IllegalArgumentException("class weights with loss " + plain.name());
    }
    return new LossMCXENT(Nd4j.createFromArray(weights).castTo(network.params().dataType()));
  }

  private static BaseOutputLayer outputLayer(MultiLayerNetwork network) {
    return (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
  }

  private static int units(MultiLayerNetwork network) {
    return (int) outputLayer(network).getNOut();
  }

  private static LearningCurve fit(MultiLayerNetwork network, TrainingTask task)
      throws TrainingFailedException {
    TrainingPlan plan = task.candidate().plan();
    int patience = plan.earlyStopping().patience();
    Batches batches = new Batches(task.training(), units(network), plan.batchSize(), task.seed());
    List<Double> losses = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    Best best = null;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      losses.add(epoch(network, batches, epoch));
      if (patience == 0) {
        continue;
      }
      double score = task.stoppingScore().applyAsDouble(Dl4jModel.output(network, task.stopping()));
      scores.add(score);
      if (best == null || best.beatenBy(score, plan)) {
        best = Best.of(network, epoch, score);
      } else if (epoch - best.epoch >= patience) {
        break;
      }
    }
    if (best != null) {
      best.restore(network);
    }
    return new LearningCurve(losses, scores, best == null ? plan.epochs() : best.epoch);
  }

  /** Returns the mean loss. */
  private static double epoch(MultiLayerNetwork network, Batches batches, int epoch)
      throws TrainingFailedException {
    double sum = 0;
    batches.shuffle(epoch);
    // Learning rates follow it; fit(features, labels) does not count epochs.
    network.setEpochCount(epoch - 1);
    for (int batch = 0; batch < batches.count(); batch++) {
      try (INDArray features = batches.features(batch);
          INDArray labels = batches.labels(batch)) {
        network.fit(features, labels);
      }
      double loss = network.score();
      if (!Double.isFinite(loss)) {
        throw new TrainingFailedException(
            "loss became " + (Double.isNaN(loss) ? "NaN" : "infinite") + " in epoch " + epoch);
      }
      sum += loss * batches.size(batch);
      NativeMemory.step();
    }
    return sum / batches.rows();
  }

  /** The weights of the best epoch so far. */
  private record Best(int epoch, double score, INDArray parameters, INDArray updaterState) {

    static Best of(MultiLayerNetwork network, int epoch, double score) {
      INDArray state = network.getUpdater().getStateViewArray();
      return new Best(epoch, score, network.params().dup(), state == null ? null : state.dup());
    }

    boolean beatenBy(double other, TrainingPlan plan) {
      Direction direction = plan.earlyStopping().metric().direction();
      double delta = plan.earlyStopping().minDelta();
      return direction.better(
          other, direction == Direction.MAXIMIZE ? score + delta : score - delta);
    }

    void restore(MultiLayerNetwork network) {
      network.setParams(parameters);
      if (updaterState != null) {
        network.getUpdater().getStateViewArray().assign(updaterState);
      }
    }
  }
}
