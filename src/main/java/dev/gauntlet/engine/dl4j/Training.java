package dev.gauntlet.engine.dl4j;

import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.config.Names;
import dev.gauntlet.search.TrainingPlan;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The epochs of one training. Its state after an epoch is all that the next ones depend on. */
final class Training {
  private final MultiLayerNetwork network;
  private final TrainingTask task;
  private final TrainingPlan plan;
  private final Batches batches;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();
  private Best best;
  private boolean stopped;

  /**
   * From the beginning, or from the checkpoint of the task.
   *
   * @param units of the output layer
   */
  Training(MultiLayerNetwork network, int units, TrainingTask task) {
    this.network = network;
    this.task = task;
    this.plan = task.candidate().plan();
    this.batches = new Batches(task.training(), units, plan.batchSize(), task.seed());
    if (task.stage().from() != null) {
      resume(Checkpoint.read(task.stage().from()));
    }
  }

  private void resume(Checkpoint checkpoint) {
    losses.addAll(checkpoint.losses());
    scores.addAll(checkpoint.scores());
    best = checkpoint.best();
    stopped = checkpoint.stopped();
    network.setIterationCount(checkpoint.iterations());
    checkpoint.weights().restore(network);
  }

  /** Trains up to the end of the stage, or until early stopping ends it. */
  void run() throws TrainingFailedException {
    if (batches.rows() == 0) {
      throw new TrainingFailedException("no rows to train on");
    }
    int patience = plan.earlyStopping().patience();
    while (!stopped && losses.size() < task.stage().until()) {
      int epoch = losses.size() + 1;
      losses.add(epoch(epoch));
      if (patience > 0) {
        double score = stoppingScore(epoch);
        scores.add(score);
        if (best == null || beats(score)) {
          best = new Best(epoch, score, Weights.of(network));
        } else {
          stopped = epoch - best.epoch() >= patience;
        }
      }
    }
  }

  /** A score that is not a number would never be beaten, nor beat another. */
  private double stoppingScore(int epoch) throws TrainingFailedException {
    float[] predictions = Dl4jModel.output(network, task.stopping());
    double score = task.stoppingScore().applyAsDouble(predictions);
    if (Double.isNaN(score)) {
      boolean finite =
          IntStream.range(0, predictions.length).allMatch(i -> Float.isFinite(predictions[i]));
      throw new TrainingFailedException(
          finite
              ? Names.word(plan.earlyStopping().metric())
                  + " is not defined on the "
                  + Names.count(task.stopping().size(), "row")
                  + " that early stopping watches"
              : "the output is not finite in epoch " + epoch);
    }
    return score;
  }

  private boolean beats(double score) {
    Direction direction = plan.earlyStopping().metric().direction();
    double delta = plan.earlyStopping().minDelta();
    double bar = best.score() + (direction == Direction.MAXIMIZE ? delta : -delta);
    return direction.better(score, bar);
  }

  /** Returns the mean loss. */
  private double epoch(int epoch) throws TrainingFailedException {
    double sum = 0;
    batches.shuffle(epoch);
    // Learning rates follow it; fit(features, labels) does not count epochs.
    network.setEpochCount(epoch - 1);
    // The generator is the thread's own, and dropout draws from it: each epoch has its own seed.
    Nd4j.getRandom().setSeed(task.seed().derive("dropout", epoch).value());
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

  /** What a later stage goes on from; null if there is none. */
  byte[] checkpoint() {
    return task.stage().until() < plan.epochs()
        ? new Checkpoint(
                losses, scores, best, stopped, network.getIterationCount(), Weights.of(network))
            .bytes()
        : null;
  }

  /** Puts the weights of the best epoch back, where early stopping watches. */
  LearningCurve finish() {
    int epoch = losses.size();
    if (best != null) {
      best.weights().restore(network);
      epoch = best.epoch();
    }
    network.setEpochCount(epoch);
    return new LearningCurve(losses, scores, epoch);
  }

  /** The best epoch so far, from 1. */
  record Best(int epoch, double score, Weights weights) {}
}
