package dev.gauntlet.spark;

import dev.gauntlet.data.Sharding;
import dev.gauntlet.engine.base.Average;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Trial;
import java.util.Arrays;
import java.util.List;

/** Epochs on executors, on all shards side by side, with our own averaging. */
class AveragedEpochs extends ShardEpochs {
  private final int length;
  private final int rounds;

  /**
   * @param length steps on each shard between two averagings; 0 for all of an epoch
   */
  AveragedEpochs(
      Batcher<ShardRound, List<Answer>> shards,
      Sharding sharding,
      Trial trial,
      TrainingTask task,
      int length) {
    super(shards, sharding, trial, task);
    int batch = task.candidate().plan().batchSize();
    int[] sizes = new int[sharding.shards()];
    for (int shard = 0; shard < sizes.length; shard++) {
      sizes[shard] = rows(shard, task.training().index()).length;
    }
    int steps = (Arrays.stream(sizes).max().orElseThrow() + batch - 1) / batch;
    this.length = length == 0 ? Math.max(1, steps) : length;
    this.rounds = (steps + this.length - 1) / this.length;
  }

  @Override
  public double train(int epoch) throws TrainingFailedException {
    double loss = 0;
    for (int round = 0; round < rounds; round++) {
      loss += average(ask(epoch, round, length));
    }
    return loss / task().training().size();
  }

  /** In the order of the shards; a shard without rows in this round has no say. */
  private double average(List<Answer> answers) {
    var average = new Average();
    int steps = 0;
    double loss = 0;
    for (Answer answer : answers) {
      if (answer.rows() > 0) {
        average.add(answer.weights(), answer.rows());
        steps = Math.max(steps, answer.steps());
        loss += answer.loss();
      }
    }
    Weights weights = average.weights();
    restore(weights, steps);
    return loss;
  }
}
