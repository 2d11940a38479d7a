package dev.gauntlet.spark;

import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.engine.base.Epochs;
import dev.gauntlet.engine.base.ShardEngine;
import dev.gauntlet.engine.base.Training;
import dev.gauntlet.engine.base.WeightsEngine;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.spark.ShardTask.Answers;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Trains on shards of the rows, by parameter averaging. Threads train a candidate each; what those
 * of a lane ask of the shards at the same time is one stage of Spark, a task for each shard. Where
 * there are cores for several stages at a time, there are several lanes.
 */
final class ShardTraining implements AutoCloseable {
  /** Of the heap: weights that travel together, to a shard and back. */
  private static final int SHARE = 8;

  /** Stages at a time that a driver has the time for. */
  private static final int LANES = 32;

  private final JavaSparkContext spark;
  private final RunningJobs jobs;
  private final EngineFactory engines;
  private final Experiment experiment;
  private final SharedExperiment data;
  private final SearchConfig config;
  private final int shards;
  private final IntSupplier tasks;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * @param experiment with the rows where the driver has them
   * @param data with the rows where executors have them
   * @param tasks that Spark runs at once, as of now
   */
  ShardTraining(
      JavaSparkContext spark,
      RunningJobs jobs,
      EngineFactory engines,
      Experiment experiment,
      SharedExperiment data,
      IntSupplier tasks) {
    this.spark = spark;
    this.jobs = jobs;
    this.engines = GpuShare.engines(spark.getConf(), engines);
    this.experiment = experiment;
    this.data = data;
    this.config = experiment.config();
    this.shards = data.sharding().shards();
    this.tasks = tasks;
  }

  /** Trainings whose stages are the same, and where the shards were at the last one. */
  private final class Lane implements AutoCloseable {
    private final Batcher<ShardRound, List<Answer>> batcher;

    /** Threads that train through dl4j-spark read it too. */
    private volatile List<String> places = Collections.nCopies(shards, "");

    private int trainings;

    Lane(int lanes) {
      long limit = Runtime.getRuntime().maxMemory() / SHARE / (shards + 1) / lanes;
      this.batcher = new Batcher<>(this::stage, ShardRound::bytes, limit);
    }

    Epochs epochs(WeightsEngine engine, Trial trial, TrainingTask task) {
      int frequency = config.space().training().averagingFrequency();
      return engine instanceof ShardEngine
          ? new AveragedEpochs(batcher, data.sharding(), trial, task, frequency)
          : new Dl4jSparkEpochs(batcher, data, spark, this::numbers, trial, task, frequency);
    }

    /** One task for each shard, where its rows were last time. */
    private List<List<Answer>> stage(List<ShardRound> rounds) {
      Broadcast<List<ShardRound>> sent = spark.broadcast(new ArrayList<>(rounds));
      String group = jobs.begin();
      try {
        boolean abandonable = spark.isLocal() && config.run().trialTimeout() != null;
        var task = new ShardTask(data, sent, engines, shards, abandonable);
        Answers[] answers =
            (Answers[]) spark.sc().runJob(numbers(), task, ClassTag$.MODULE$.apply(Answers.class));
        places = Arrays.stream(answers).map(Answers::place).toList();
        return IntStream.range(0, rounds.size())
            .mapToObj(i -> Arrays.stream(answers).map(shard -> shard.each().get(i)).toList())
            .toList();
      } catch (RuntimeException e) {
        throw jobs.isLate(group)
            ? new BrokenException("a shard took longer than run.trial-timeout")
            : e;
      } finally {
        jobs.end(group);
        sent.destroy();
      }
    }

    private RDD<Integer> numbers() {
      List<Tuple2<Integer, Seq<String>>> numbers = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        List<String> place = places.get(shard).isEmpty() ? List.of() : List.of(places.get(shard));
        numbers.add(new Tuple2<>(shard, JavaConverters.asScalaBuffer(place)));
      }
      ClassTag<Integer> type = ClassTag$.MODULE$.apply(Integer.class);
      return spark.sc().makeRDD(JavaConverters.asScalaBuffer(numbers), type);
    }

    @Override
    public void close() {
      batcher.close();
    }
  }

  /** The one that fewest trainings are in. */
  private synchronized Lane enter() {
    int most = Math.max(1, Math.min(LANES, tasks.getAsInt() / shards));
    Comparator<Lane> fewest = Comparator.comparingInt(one -> one.trainings);
    Lane lane = lanes.stream().limit(most).min(fewest).orElse(null);
    if (lane == null || (lane.trainings > 0 && lanes.size() < most)) {
      lane = new Lane(most);
      lanes.add(lane);
    }
    lane.trainings++;
    return lane;
  }

  private synchronized void leave(Lane lane) {
    lane.trainings--;
  }

  /** What trains here, to be had by who goes on with what was trained. */
  EngineFactory engines() {
    return engines;
  }

  /**
   * All trainings of a trial.
   *
   * @param epochs hears of each epoch, in the calling thread
   */
  List<Trained> train(Trial trial, EpochListener epochs) {
    TrainingEngine engine = engines.of(config.run().engine(), trial.candidate());
    List<Trained> trained = new ArrayList<>();
    for (TrainingTask task : new TrialRunner(experiment, engine, epochs).trainings(trial)) {
      trained.add(train(trial, task));
    }
    return trained;
  }

  private Trained train(Trial trial, TrainingTask task) {
    String network = task.candidate().network();
    Trial light =
        new Trial(trial.kind(), task.candidate(), trial.index(), trial.stage()).from(null);
    Lane lane = enter();
    try {
      var engine = (WeightsEngine) engines.of(config.run().engine(), task.candidate());
      Epochs epochs = lane.epochs(engine, light, task);
      var training = new Training(epochs, task, engine.order(task));
      training.run();
      byte[] checkpoint = training.checkpoint();
      LearningCurve curve = training.finish();
      return new Trained(network, epochs.weights(), epochs.steps(), curve, checkpoint, null);
    } catch (TrainingFailedException e) {
      return new Trained(network, null, 0, null, null, e.getMessage());
    } finally {
      leave(lane);
    }
  }

  @Override
  public synchronized void close() {
    lanes.forEach(Lane::close);
  }
}
