package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.LocalEpochs;
import dev.gauntlet.engine.base.RowOrder;
import dev.gauntlet.engine.base.ShardEngine;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.base.WeightsEngine;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Experiment.Shard;
import dev.gauntlet.validate.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/**
 * What a task of Spark does for one shard: a round of every training of a group. What it gives is a
 * function of rounds and shard, so Spark may do it again elsewhere when an executor is gone.
 *
 * @param shards how many there are
 * @param abandonable as in {@link TrialTask}
 */
record ShardTask(
    SharedExperiment data,
    Broadcast<List<ShardRound>> rounds,
    EngineFactory engines,
    int shards,
    boolean abandonable)
    implements Function2<TaskContext, Iterator<Integer>, ShardTask.Answers>, Serializable {

  /**
   * What a shard gave.
   *
   * @param place where, in Spark's words for a place that a task would rather be at
   * @param each one per round
   */
  record Answers(String place, List<Answer> each) implements Serializable {}

  /**
   * @param shard one
   */
  @Override
  public Answers apply(TaskContext task, Iterator<Integer> shard) {
    int number = shard.next();
    GpuShare.pin(task);
    return abandonable ? SideThread.call(() -> answers(number)) : answers(number);
  }

  private Answers answers(int shard) {
    List<Answer> answers = new ArrayList<>();
    try {
      for (ShardRound round : rounds.value()) {
        answers.add(answer(round, shard));
      }
    } finally {
      PieceValues.forget();
    }
    SparkEnv spark = SparkEnv.get();
    String host = spark.blockManager().blockManagerId().host();
    String place = "executor_" + host + "_" + spark.executorId();
    return new Answers(place, answers);
  }

  private Answer answer(ShardRound round, int shard) {
    try {
      Experiment experiment = data.experiment();
      Shard rows = experiment.shard(round.trial(), shard);
      TrainingEngine engine =
          engines.of(experiment.config().run().engine(), round.trial().candidate());
      return round.predicts()
          ? predicted((WeightsEngine) engine, round, rows)
          : trained((ShardEngine) engine, round, rows, shard);
    } catch (TrainingFailedException e) {
      return Answer.failed(e.getMessage());
    } catch (Throwable e) {
      return Answer.broken(SparkErrors.brief(e));
    }
  }

  private static Answer predicted(WeightsEngine engine, ShardRound round, Shard rows)
      throws TrainingFailedException {
    TrainingTask task = task(round, rows, round.seed());
    var curve = new LearningCurve(List.of(), List.of(), 0);
    try (TrainedModel model = engine.model(task, round.weights(), round.steps(), curve, null)) {
      return Answer.predicted(model.predictions(rows.stopping()));
    }
  }

  private Answer trained(ShardEngine engine, ShardRound round, Shard rows, int shard)
      throws TrainingFailedException {
    int from = round.from(rows.training().size());
    int to = round.to(rows.training().size());
    if (from == to) {
      return Answer.nothing();
    }
    Weights weights = round.weights();
    if (weights == null) {
      weights = engine.initial(task(round, rows, round.seed()));
    }
    Seed seed = round.seed(shard, shards);
    var order = new RowOrder(rows.windows());
    order.shuffle(round.epoch(), seed);
    try (Learner learner = engine.learner(task(round, rows, seed), weights, round.steps())) {
      double loss = LocalEpochs.steps(learner, order, round.epoch(), from, to, round.batch());
      return new Answer(learner.weights(), learner.steps(), to - from, loss, null, null, null);
    }
  }

  private static TrainingTask task(ShardRound round, Shard rows, Seed seed) {
    Trial trial = round.trial();
    Rows stopping = rows.stopping();
    return new TrainingTask(
        trial.candidate(),
        rows.training(),
        stopping,
        round.classWeights(),
        predictions -> Double.NaN,
        seed,
        trial.stage(),
        EpochListener.NONE);
  }
}
