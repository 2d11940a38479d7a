package dev.gauntlet.spark;

import dev.gauntlet.data.Sharding;
import dev.gauntlet.engine.base.Epochs;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Trial;
import java.util.Arrays;
import java.util.List;

/** A training whose rows are on shards, and whose weights are here between two epochs. */
abstract class ShardEpochs implements Epochs {
  private final Batcher<ShardRound, List<Answer>> shards;
  private final Sharding sharding;
  private final Trial trial;
  private final TrainingTask task;
  private Weights weights;
  private int steps;

  ShardEpochs(
      Batcher<ShardRound, List<Answer>> shards, Sharding sharding, Trial trial, TrainingTask task) {
    this.shards = shards;
    this.sharding = sharding;
    this.trial = trial;
    this.task = task;
  }

  TrainingTask task() {
    return task;
  }

  /** Those of some rows that a shard has, in its order. */
  final int[] rows(int shard, int[] rows) {
    return sharding.windows(shard, rows).stream().flatMapToInt(Arrays::stream).toArray();
  }

  /**
   * What the shards have to say, in their order.
   *
   * @throws TrainingFailedException if one cannot go on, as the first of them says
   * @throws BrokenException if another attempt may go better
   */
  final List<Answer> ask(int epoch, int round, int length) throws TrainingFailedException {
    List<Answer> answers =
        answers(
            new ShardRound(
                trial, task.classWeights(), task.seed(), weights, steps, epoch, round, length));
    for (Answer answer : answers) {
      if (answer.broke() != null) {
        throw new BrokenException(answer.broke());
      }
    }
    for (Answer answer : answers) {
      if (answer.failure() != null) {
        throw new TrainingFailedException(answer.failure());
      }
    }
    return answers;
  }

  /** One of each shard, in their order. */
  List<Answer> answers(ShardRound round) throws TrainingFailedException {
    return shards.ask(round);
  }

  @Override
  public float[] stopping() {
    int[] all = task.stopping().index();
    int outputs = task.stopping().outputs();
    float[] predictions = new float[all.length * outputs];
    List<Answer> answers;
    try {
      answers = ask(0, 0, 0);
    } catch (TrainingFailedException e) {
      throw new IllegalStateException(e);
    }
    for (int shard = 0; shard < answers.size(); shard++) {
      int[] rows = rows(shard, all);
      float[] from = answers.get(shard).predictions();
      for (int i = 0; i < rows.length; i++) {
        int place = Arrays.binarySearch(all, rows[i]);
        System.arraycopy(from, i * outputs, predictions, place * outputs, outputs);
      }
    }
    return predictions;
  }

  @Override
  public int steps() {
    return steps;
  }

  /** Nobody writes to it. */
  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public void restore(Weights others, int taken) {
    weights = others;
    steps = taken;
  }

  /** An attempt that may go better another time; its message is the cause. */
  static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenException(String cause) {
      super(cause);
    }
  }
}
