package dev.gauntlet.spark;

import dev.gauntlet.Progress;
import dev.gauntlet.RunningTrial;
import dev.gauntlet.SearchInterruptedException;
import dev.gauntlet.TrialExecutor;
import dev.gauntlet.config.Durations;
import dev.gauntlet.config.RunConfig;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.leaderboard.Forest;
import dev.gauntlet.spark.Scheduler.Attempt;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.validate.Baseline;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Baselines;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.AccumulatorContext;
import scala.reflect.ClassTag$;

/**
 * Runs each trial as a Spark job of one task, as many at a time as there are slots, so that results
 * stream back one by one and a trial fails alone. The data goes to each executor once.
 */
public final class SparkTrialExecutor implements TrialExecutor, AutoCloseable {
  /** Trainings on shards that share a stage of Spark: what it costs is paid once for all. */
  private static final int GROUP = 16;

  private final JavaSparkContext spark;
  private final EngineFactory engines;
  private final RunningJobs jobs;
  private final Fleet fleet;
  private Experiment current;
  private SharedExperiment shared;

  /** Null where a candidate is trained in one place. */
  private ShardTraining shards;

  private volatile boolean stopped;

  /** Uses a running context, and stops it on {@link #close}. */
  public SparkTrialExecutor(JavaSparkContext spark) {
    this(spark, Engines::of);
  }

  /**
   * As above, with engines of the caller's.
   *
   * @param engines makes them in the processes that train
   */
  public SparkTrialExecutor(JavaSparkContext spark, EngineFactory engines) {
    this.spark = spark;
    this.engines = engines;
    this.jobs = new RunningJobs(spark.sc());
    this.fleet = new Fleet(spark);
  }

  @Override
  public void run(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult,
      Progress progress) {
    SharedExperiment data = share(experiment);
    RunConfig config = experiment.config().run();
    scheduler(() -> slots(config.slots()), config, progress)
        .run(
            trials.size(),
            goOn,
            i -> attempt(trials.get(i), data),
            onResult,
            (i, cause) -> progress.retried(trials.get(i), cause));
  }

  /** One at a time: each process has the data once more. */
  @Override
  public void runApart(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult,
      Progress progress) {
    if (!sharesProcess() || experiment.config().space().training().averages()) {
      run(experiment, trials, goOn, onResult, progress);
      return;
    }
    share(experiment);
    scheduler(() -> 1, experiment.config().run(), progress)
        .run(
            trials.size(),
            goOn,
            i -> attemptApart(trials.get(i)),
            onResult,
            (i, cause) -> progress.retried(trials.get(i), cause));
  }

  /** Each fit is some jobs of one task; MLlib's own work between them is the driver's. */
  @Override
  public void fit(
      Experiment experiment,
      List<BaselineTrial> trials,
      Consumer<BaselineTrialResult> onResult,
      Progress progress) {
    SharedExperiment data = share(experiment);
    RunConfig config = experiment.config().run();
    scheduler(() -> slots(config.slots()), config, progress)
        .run(
            trials.size(),
            () -> true,
            i -> attempt(trials.get(i), data),
            onResult,
            (i, cause) -> progress.retried(trials.get(i), cause));
  }

  private Scheduler scheduler(IntSupplier slots, RunConfig config, Progress progress) {
    return new Scheduler(
        slots,
        config.retries(),
        () -> {
          requireSpark(null);
          if (config.trialTimeout() != null) {
            jobs.cancelAfter(config.trialTimeout());
          }
          jobs.news().forEach(progress::running);
        });
  }

  private int slots(int asked) {
    requireSpark(null);
    if (asked > 0) {
      return asked;
    }
    return Math.max(shards == null ? 1 : GROUP, fleet.slots());
  }

  /** What breaks because Spark is gone is nothing that trials did. */
  private void requireSpark(Throwable cause) {
    if (stopped) {
      throw new SearchInterruptedException();
    }
    if (spark.sc().isStopped()) {
      throw new IllegalStateException("Spark has stopped", cause);
    }
  }

  /** Once per experiment: both phases of a search use the same copy. */
  @SuppressWarnings("ReferenceEquality")
  private SharedExperiment share(Experiment experiment) {
    if (experiment != current) {
      release();
      current = experiment;
      shared = SharedExperiment.of(spark, experiment);
      if (shared.sharding() != null) {
        shards = new ShardTraining(spark, jobs, engines, experiment, shared, fleet::tasks);
      }
    }
    return shared;
  }

  private void release() {
    closeShards();
    if (shared != null) {
      shared.release();
    }
  }

  private void closeShards() {
    if (shards != null) {
      shards.close();
      shards = null;
    }
  }

  /** A task that Spark gives up on is an attempt that broke, not a failed search. */
  private Attempt<TrialResult> attempt(Trial trial, SharedExperiment data) {
    if (shards != null) {
      return inGroup(() -> onShards(trial, data), cause -> TrialTask.broke(trial, cause));
    }
    ResourceProfile kind = fleet.take();
    try {
      return inGroup(() -> job(trial, data, engines, kind), cause -> TrialTask.broke(trial, cause));
    } finally {
      fleet.giveBack(kind);
    }
  }

  /** Trained on shards, then scored like any other. */
  private Attempt<TrialResult> onShards(Trial trial, SharedExperiment data) {
    long start = System.nanoTime();
    Duration timeout = current.config().run().trialTimeout();
    List<Trained> trained =
        shards.train(
            trial,
            (epoch, loss) -> {
              jobs.tell(RunningTrial.of(trial, epoch, loss));
              if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
                throw new BrokenException(late());
              }
            });
    Attempt<TrialResult> attempt =
        job(trial.from(null), data, new Trained.Engines(shards.engines(), trained), fleet.usual());
    return new Attempt<>(attempt.result().took((System.nanoTime() - start) / 1e9), attempt.broke());
  }

  private Attempt<TrialResult> attemptApart(Trial trial) {
    String host = spark.sc().env().blockManager().blockManagerId().host();
    try {
      Attempt<TrialResult> attempt =
          new TrialProcess(current, engines, trial, host)
              .attempt(current.config().run().trialTimeout());
      if (attempt.broke() != null) {
        requireSparkStays(null);
      }
      return attempt;
    } catch (TimeoutException e) {
      return TrialTask.broke(trial, late());
    } catch (InterruptedException e) {
      throw new SearchInterruptedException();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Attempt<BaselineTrialResult> attempt(BaselineTrial trial, SharedExperiment data) {
    return inGroup(
        () -> {
          BaselineTrialResult fit = Baselines.run(current, trial, baseline(trial, data));
          return new Attempt<>(fit, null);
        },
        cause -> new Attempt<>(BaselineTrialResult.failed(trial, cause), cause));
  }

  private Baseline baseline(BaselineTrial trial, SharedExperiment data) {
    return Baselines.simple(trial.baseline())
        .or(() -> MllibBaselines.of(trial.baseline(), current.config().task(), spark, data))
        .orElseThrow();
  }

  private <R> Attempt<R> inGroup(Callable<Attempt<R>> work, Function<String, Attempt<R>> broken) {
    String group = jobs.begin();
    try {
      Attempt<R> attempt = work.call();
      return attempt.broke() != null && jobs.isLate(group) ? broken.apply(late()) : attempt;
    } catch (SearchInterruptedException e) {
      throw e;
    } catch (BrokenException e) {
      return broken.apply(e.getMessage());
    } catch (Exception | OutOfMemoryError e) {
      SparkErrors.throwIfInput(e);
      requireSparkStays(e);
      return broken.apply(jobs.isLate(group) ? late() : SparkErrors.brief(e));
    } finally {
      jobs.end(group);
    }
  }

  private String late() {
    Duration timeout = current.config().run().trialTimeout();
    return "it took longer than run.trial-timeout, " + Durations.text(timeout);
  }

  @SuppressWarnings("unchecked") // Scala's array of what the one task returns.
  private Attempt<TrialResult> job(
      Trial trial, SharedExperiment data, EngineFactory factory, ResourceProfile kind) {
    byte[] from = trial.stage().from();
    Broadcast<byte[]> checkpoint = from == null ? null : spark.broadcast(from);
    var latest = new LatestEpoch();
    spark.sc().register(latest);
    var task =
        new TrialTask(
            data,
            checkpoint,
            factory,
            latest,
            spark.getConf().getBoolean("spark.speculation", false),
            spark.isLocal() && current.config().run().trialTimeout() != null);
    try {
      var one = fleet.on(kind, spark.parallelize(List.of(trial.from(null)), 1)).rdd();
      var attempts = spark.sc().runJob(one, task, ClassTag$.MODULE$.apply(Attempt.class));
      return ((Attempt<TrialResult>[]) attempts)[0];
    } finally {
      if (checkpoint != null) {
        checkpoint.destroy();
      }
    }
  }

  @Override
  public Optional<Forest> forest() {
    return Optional.of(new SparkForest(spark));
  }

  @Override
  public boolean sharesProcess() {
    return spark.isLocal();
  }

  @Override
  public Map<String, Object> environment() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("spark", spark.version());
    values.put("master", spark.master());
    values.put("java", System.getProperty("java.runtime.version"));
    values.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    values.put("processors", Runtime.getRuntime().availableProcessors());
    values.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
    values.putAll(Engines.environment());
    return values;
  }

  /** As {@link #requireSpark}; where Spark is about to stop, its jobs fail a moment before. */
  private void requireSparkStays(Throwable cause) {
    for (int i = 0; i < 10; i++) {
      requireSpark(cause);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** Ends the search from another thread, as an interrupt of its own would: within moments. */
  public void stop() {
    stopped = true;
    // Tasks that end in the middle fill it with what is no fault of theirs; Spark's own switch
    // leaves out loggers that have a level.
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
  }

  @Override
  public void close() {
    fleet.close();
    jobs.cancelAll();
    closeShards();
    if (shared != null) {
      // Executors that are told, and answer when Spark has stopped, are stack traces in the log.
      shared.forget();
    }
    spark.stop();
    // Spark forgets the metrics of a stage some time after the stage, but not once it has stopped.
    AccumulatorContext.clear();
  }
}
