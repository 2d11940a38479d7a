package dev.gauntlet.engine.base;

import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.concurrent.CancellationException;

/** Epochs on this thread, over all training rows. */
public final class LocalEpochs implements Epochs {
  private final Learner learner;
  private final TrainingTask task;
  private final RowOrder order;

  public LocalEpochs(Learner learner, TrainingTask task) {
    this.learner = learner;
    this.task = task;
    this.order = RowOrder.of(task.training().size());
  }

  @Override
  public double train(int epoch) throws TrainingFailedException {
    order.shuffle(epoch, task.seed());
    int batch = task.candidate().plan().batchSize();
    return steps(learner, order, epoch, 0, order.size(), batch) / order.size();
  }

  /**
   * Takes the steps of some rows of an epoch, which has begun or has not.
   *
   * @param from a place in the order, as {@code to}
   * @return the sum of the rows' losses
   */
  public static double steps(
      Learner learner, RowOrder order, int epoch, int from, int to, int batch)
      throws TrainingFailedException {
    double sum = 0;
    learner.begin(epoch);
    for (int at = from; at < to; at += batch) {
      requireWanted(epoch);
      int size = Math.min(batch, to - at);
      double loss = learner.step(order.rows(), at, size);
      requireFinite(loss, epoch);
      sum += loss * size;
    }
    return sum;
  }

  /**
   * To be called before a step.
   *
   * @throws CancellationException if this thread was interrupted
   */
  public static void requireWanted(int epoch) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled in epoch " + epoch);
    }
  }

  /** To be called after a step, with its loss. */
  public static void requireFinite(double loss, int epoch) throws TrainingFailedException {
    if (!Double.isFinite(loss)) {
      throw new TrainingFailedException(
          "loss became " + (Double.isNaN(loss) ? "NaN" : "infinite") + " in epoch " + epoch);
    }
  }

  @Override
  public float[] stopping() {
    return learner.predictions(task.stopping());
  }

  @Override
  public int steps() {
    return learner.steps();
  }

  @Override
  public Weights weights() {
    return learner.weights();
  }

  @Override
  public void restore(Weights weights, int steps) {
    learner.restore(weights, steps);
  }
}
