package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.validate.Trial;
import java.io.Serializable;

/**
 * What each shard does for one training between two averagings: some steps, or predictions.
 *
 * @param trial without its checkpoint; its candidate is the one that is trained
 * @param classWeights as in a {@link dev.gauntlet.train.TrainingTask}, as {@code seed}
 * @param weights to begin with; null for the initial ones
 * @param steps taken by then
 * @param epoch from 1; 0 to predict the rows that early stopping watches, and train nothing
 * @param round which one of the epoch, from 0
 * @param length steps of a round on each shard
 */
record ShardRound(
    Trial trial,
    double[] classWeights,
    Seed seed,
    Weights weights,
    int steps,
    int epoch,
    int round,
    int length)
    implements Serializable {

  boolean predicts() {
    return epoch == 0;
  }

  /** Of what is random on a shard: the order of its rows, and the units that are dropped. */
  Seed seed(int shard, int shards) {
    return shards == 1 ? seed : seed.derive("shard", shard);
  }

  /**
   * The place in a shard's order where it begins, or one more than the last place if it has no row
   * there.
   *
   * @param rows of the shard
   */
  int from(int rows) {
    return place(round, rows);
  }

  /** The place behind its last row. */
  int to(int rows) {
    return place(round + 1, rows);
  }

  private int place(int at, int rows) {
    return (int) Math.min(rows, (long) at * length * batch());
  }

  int batch() {
    return trial.candidate().plan().batchSize();
  }

  /** The same, where weights come in some other way. */
  ShardRound withoutWeights() {
    return new ShardRound(trial, classWeights, seed, null, steps, epoch, round, length);
  }

  /** Bytes of weights that go to an executor, and come back from each shard. */
  long bytes() {
    return weights == null
        ? 12 * trial.candidate().parameters()
        : 4L * (weights.parameters().length + weights.state().length);
  }

  /**
   * What came of it on one shard.
   *
   * @param weights after the steps; null where there was no row, and for predictions
   * @param steps taken by then
   * @param rows that were trained on
   * @param loss their sum
   * @param predictions null for steps
   * @param failure why the training cannot give a network; null if it can
   * @param broke why another attempt may go better; null if nothing broke
   */
  record Answer(
      Weights weights,
      int steps,
      int rows,
      double loss,
      float[] predictions,
      String failure,
      String broke)
      implements Serializable {

    static Answer nothing() {
      return new Answer(null, 0, 0, 0, null, null, null);
    }

    static Answer predicted(float[] predictions) {
      return new Answer(null, 0, 0, 0, predictions, null, null);
    }

    static Answer failed(String failure) {
      return new Answer(null, 0, 0, 0, null, failure, null);
    }

    static Answer broken(String cause) {
      return new Answer(null, 0, 0, 0, null, null, cause);
    }
  }
}
