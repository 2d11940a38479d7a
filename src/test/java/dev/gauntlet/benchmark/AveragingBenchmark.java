package dev.gauntlet.benchmark;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What an averaging costs: candidates on {@code conf/quickstart.yaml}, so many at a time, weights
 * averaged after each step of 8 rows, on two cores.
 */
public final class AveragingBenchmark {
  private static final int EPOCHS = 2;

  private AveragingBenchmark() {}

  /**
   * @param arguments the engine, and how many candidates are trained at a time
   */
  public static void main(String[] arguments) throws Exception {
    for (String units : List.of("[32]", "[300, 300]")) {
      for (int shards : new int[] {1, 2, 4}) {
        measure(arguments[0], Integer.parseInt(arguments[1]), units, shards);
      }
    }
  }

  private static void measure(String engine, int candidates, String units, int shards)
      throws Exception {
    SearchConfig config = config(engine, candidates, units, shards);
    Path folder = Files.createTempDirectory("gauntlet-averaging");
    JavaSparkContext spark = SparkSessions.start("benchmark", "local[2]");
    var rounds = new Rounds();
    try (var executor = new SparkTrialExecutor(spark);
        RunFolder run = RunFolder.open(folder.resolve("run").toString())) {
      var search = Gauntlet.prepare(config, new FileTableReader());
      long parameters = search.samples().get(0).parameters();
      spark.sc().addSparkListener(rounds);
      long start = System.nanoTime();
      search.run(executor, run, Progress.NONE);
      double seconds = (System.nanoTime() - start) / 1e9;
      // Adam has two numbers more for each weight; out and back.
      long bytes = 2L * shards * 3 * Float.BYTES * parameters;
      System.out.printf(
          "%s, %d candidates of %d parameters, %d shards: %.1f s, %d jobs, %.1f ms each, %d bytes"
              + " per candidate; in tasks %.0f%%%n",
          engine,
          candidates,
          parameters,
          shards,
          seconds,
          rounds.jobs.get(),
          1e3 * seconds / rounds.jobs.get(),
          bytes,
          rounds.millis.get() / (10 * seconds * Math.min(2, shards)));
    } finally {
      TimedRun.delete(folder);
    }
  }

  private static SearchConfig config(String engine, int candidates, String units, int shards) {
    return ConfigReader.read(
        Path.of("conf/quickstart.yaml"),
        List.of(
            "run.engine=" + engine,
            "run.slots=" + candidates,
            "search.candidates=" + candidates,
            "space.network={type: dense, units: " + units + ", activation: relu}",
            "space.optimizer={type: adam, learning-rate: {min: 1e-4, max: 1e-2}}",
            "space.training.batch-size=8",
            "space.training.epochs=" + EPOCHS,
            "space.training.early-stopping={patience: 0}",
            "space.training.distribution=parameter-averaging",
            "space.training.shards=" + shards,
            "space.training.averaging-frequency=1",
            "validate.winners=1",
            "validate.folds=2",
            "validate.mc-dropout.passes=0",
            "validate.baselines=[]"));
  }

  /** Counts jobs, nearly all of which are rounds, and the time of their tasks. */
  private static final class Rounds extends SparkListener {
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicLong millis = new AtomicLong();

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      jobs.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      millis.addAndGet(task.taskMetrics().executorRunTime());
    }
  }
}
