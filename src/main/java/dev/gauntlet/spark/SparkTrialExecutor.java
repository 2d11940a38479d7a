package dev.gauntlet.spark;

import dev.gauntlet.TrialExecutor;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.leaderboard.Forest;
import dev.gauntlet.validate.Baseline;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Baselines;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialRunner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs each trial as a Spark job of one task, as many at a time as there are slots, so that results
 * stream back one by one and a trial fails alone. The data goes to each executor once.
 */
public final class SparkTrialExecutor implements TrialExecutor, AutoCloseable {
  private final JavaSparkContext spark;
  private final int slots;
  private Experiment current;
  private SharedExperiment shared;

  /**
   * Uses a running context, and stops it on {@link #close}.
   *
   * @param slots trials at a time; 0 for as many as Spark has cores
   */
  public SparkTrialExecutor(JavaSparkContext spark, int slots) {
    this.spark = spark;
    this.slots = slots > 0 ? slots : spark.defaultParallelism();
  }

  @Override
  public void run(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult) {
    SharedExperiment data = share(experiment);
    sideBySide(
        trials.size(),
        i -> goOn.getAsBoolean() ? Optional.of(job(trials.get(i), data)) : Optional.empty(),
        onResult);
  }

  /** Each fit is some jobs of one task; MLlib's own work between them is the driver's. */
  @Override
  public void fit(
      Experiment experiment, List<BaselineTrial> trials, Consumer<BaselineTrialResult> onResult) {
    SharedExperiment data = share(experiment);
    sideBySide(
        trials.size(),
        i -> {
          BaselineTrial trial = trials.get(i);
          Baseline baseline =
              Baselines.simple(trial.baseline())
                  .or(
                      () ->
                          MllibBaselines.of(
                              trial.baseline(), experiment.config().task(), spark, data))
                  .orElseThrow();
          return Optional.of(Baselines.run(experiment, trial, baseline, SparkErrors::text));
        },
        onResult);
  }

  /** As many at a time as there are slots; results in the order of arrival. */
  private <T> void sideBySide(
      int count, IntFunction<Optional<T>> work, Consumer<? super T> onResult) {
    ExecutorService pool = Executors.newFixedThreadPool(slots);
    try {
      CompletionService<Optional<T>> finished = new ExecutorCompletionService<>(pool);
      for (int i = 0; i < count; i++) {
        int place = i;
        finished.submit(() -> work.apply(place));
      }
      for (int i = 0; i < count; i++) {
        finished.take().get().ifPresent(onResult);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Once per experiment: both phases of a search use the same copy. */
  @SuppressWarnings("ReferenceEquality")
  private SharedExperiment share(Experiment experiment) {
    if (experiment != current) {
      release();
      current = experiment;
      shared = SharedExperiment.of(spark, experiment);
    }
    return shared;
  }

  private void release() {
    if (shared != null) {
      shared.release();
    }
  }

  /** A task that Spark gives up on is a failed trial, not a failed search. */
  private TrialResult job(Trial trial, SharedExperiment data) {
    try {
      byte[] checkpoint = trial.stage().from();
      return checkpoint == null ? fresh(trial, data) : resumed(trial, checkpoint, data);
    } catch (Exception e) {
      String cause = e.getClass().getSimpleName() + ": " + SparkErrors.text(e);
      return TrialResult.failed(trial, cause);
    }
  }

  private TrialResult fresh(Trial trial, SharedExperiment data) {
    return spark
        .parallelize(List.of(trial), 1)
        .map(one -> runInTask(one, data.experiment()))
        .first();
  }

  /** A task is a message, and Spark has a limit for these: 128 MiB. */
  private TrialResult resumed(Trial trial, byte[] checkpoint, SharedExperiment data) {
    Broadcast<byte[]> shared = spark.broadcast(checkpoint);
    try {
      return spark
          .parallelize(List.of(trial.from(null)), 1)
          .map(one -> runInTask(one.from(shared.value()), data.experiment()))
          .first();
    } finally {
      shared.destroy();
    }
  }

  private static TrialResult runInTask(Trial trial, Experiment experiment) {
    var engine = Engines.of(experiment.config().run().engine(), trial.candidate());
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    return new TrialRunner(experiment, engine).run(trial, host);
  }

  @Override
  public Optional<Forest> forest() {
    return Optional.of(new SparkForest(spark));
  }

  @Override
  public Map<String, Object> environment() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("spark", spark.version());
    values.put("master", spark.master());
    values.put("slots", slots);
    values.put("java", System.getProperty("java.runtime.version"));
    values.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    values.put("processors", Runtime.getRuntime().availableProcessors());
    values.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
    values.putAll(Engines.environment());
    return values;
  }

  @Override
  public void close() {
    release();
    spark.stop();
  }
}
