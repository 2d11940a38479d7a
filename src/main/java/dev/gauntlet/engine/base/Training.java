package dev.gauntlet.engine.base;

import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.config.Names;
import dev.gauntlet.search.TrainingPlan;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The epochs of one training. Its state after an epoch is all that the next ones depend on. */
public final class Training {
  private final Epochs network;
  private final TrainingTask task;
  private final TrainingPlan plan;
  private final WeightOrder order;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();
  private Best best;
  private boolean stopped;

  /**
   * From the beginning, or from the checkpoint of the task.
   *
   * @param order of the network's weights
   */
  public Training(Epochs network, TrainingTask task, WeightOrder order) {
    this.network = network;
    this.task = task;
    this.plan = task.candidate().plan();
    this.order = order;
    if (task.stage().from() != null) {
      resume(Checkpoint.read(task.stage().from()));
    }
  }

  private void resume(Checkpoint checkpoint) {
    losses.addAll(checkpoint.losses());
    scores.addAll(checkpoint.scores());
    best = checkpoint.best() == null ? null : checkpoint.best().with(order::fromDl4j);
    stopped = checkpoint.stopped();
    network.restore(order.fromDl4j(checkpoint.weights()), checkpoint.steps());
  }

  /** Trains up to the end of the stage, or until early stopping ends it. */
  public void run() throws TrainingFailedException {
    if (task.training().size() == 0) {
      throw new TrainingFailedException("no rows to train on");
    }
    int patience = plan.earlyStopping().patience();
    while (!stopped && losses.size() < task.stage().until()) {
      int epoch = losses.size() + 1;
      losses.add(network.train(epoch));
      task.epochs().epoch(epoch, losses.get(epoch - 1));
      if (patience > 0) {
        double score = stoppingScore(epoch);
        scores.add(score);
        if (best == null || beats(score)) {
          best = new Best(epoch, score, network.weights());
        } else {
          stopped = epoch - best.epoch() >= patience;
        }
      }
    }
  }

  /** A score that is not a number would never be beaten, nor beat another. */
  private double stoppingScore(int epoch) throws TrainingFailedException {
    float[] predictions = network.stopping();
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

  /** What a later stage goes on from; null if there is none. */
  public byte[] checkpoint() {
    if (task.stage().until() >= plan.epochs()) {
      return null;
    }
    Best theirs = best == null ? null : best.with(order::toDl4j);
    Weights weights = order.toDl4j(network.weights());
    return new Checkpoint(losses, scores, theirs, stopped, network.steps(), weights).bytes();
  }

  /** Puts the weights of the best epoch back, where early stopping watches. */
  public LearningCurve finish() {
    int epoch = losses.size();
    if (best != null) {
      network.restore(best.weights(), network.steps());
      epoch = best.epoch();
    }
    return new LearningCurve(losses, scores, epoch);
  }

  /** The best epoch so far, from 1. */
  record Best(int epoch, double score, Weights weights) {
    Best with(UnaryOperator<Weights> order) {
      return new Best(epoch, score, order.apply(weights));
    }
  }
}
