package dev.gauntlet.spark;

import dev.gauntlet.data.Sharding;
import dev.gauntlet.engine.base.Average;
import dev.gauntlet.engine.base.Epochs;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Trial;
import java.util.Arrays;
import java.util.List;

/** Epochs on executors, on all shards side by side. The weights are here between two averagings. */
class AveragedEpochs implements Epochs {
  private final Batcher<ShardRound, List<Answer>> shards;
  private final Sharding sharding;
  private final Trial trial;
  private final TrainingTask task;
  private final int length;
  private final int rounds;
  private Weights weights;
  private int steps;

  /**
   * @param length steps on each shard between two averagings; 0 for all of an epoch
   */
  AveragedEpochs(
      Batcher<ShardRound, List<Answer>> shards,
      Sharding sharding,
      Trial trial,
      TrainingTask task,
      int length) {
    this.shards = shards;
    this.sharding = sharding;
    this.trial = trial;
    this.task = task;
    int batch = task.candidate().plan().batchSize();
    int most = 0;
    for (int shard = 0; shard < sharding.shards(); shard++) {
      most = Math.max(most, rows(shard, task.training().index()).length);
    }
    int all = (most + batch - 1) / batch;
    this.length = length == 0 ? Math.max(1, all) : length;
    this.rounds = (all + this.length - 1) / this.length;
  }

  TrainingTask task() {
    return task;
  }

  /** Those of some rows that a shard has, in its order. */
  private int[] rows(int shard, int[] rows) {
    return sharding.windows(shard, rows).stream().flatMapToInt(Arrays::stream).toArray();
  }

  @Override
  public double train(int epoch) throws TrainingFailedException {
    double loss = 0;
    for (int round = 0; round < rounds; round++) {
      loss += average(ask(epoch, round, length));
    }
    return loss / task.training().size();
  }

  /** In the order of the shards; a shard without rows in this round has no say. */
  private double average(List<Answer> answers) {
    var average = new Average();
    int taken = 0;
    double loss = 0;
    for (Answer answer : answers) {
      if (answer.rows() > 0) {
        average.add(answer.weights(), answer.rows());
        taken = Math.max(taken, answer.steps());
        loss += answer.loss();
      }
    }
    restore(average.weights(), taken);
    return loss;
  }

  /**
   * What the shards have to say, in their order.
   *
   * @throws TrainingFailedException if one cannot go on, as the first of them says
   * @throws BrokenException if another attempt may go better
   */
  private List<Answer> ask(int epoch, int round, int length) throws TrainingFailedException {
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
}
