package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gauntlet.Progress;
import dev.gauntlet.chaos.ChaosRun;
import dev.gauntlet.chaos.GpuLog;
import dev.gauntlet.chaos.GpuLog.Training;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.engine.Gpus;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who gets which GPU, on two workers whose scripts announce two each and one that has none. The
 * addresses are those of no GPU: a build without CUDA trains on the CPU, wherever it is told to.
 */
class GpuChaos {
  private static final Set<String> ADDRESSES = Set.of("0", "1", "2", "3");

  /** One executor for each worker, with all its GPUs and all its cores, which are more. */
  private static final Map<String, String> ALIKE =
      Map.of(
          "spark.executor.resource.gpu.amount", "2",
          "spark.executor.cores", "6",
          "spark.executor.memory", "700m",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  @TempDir static Path folder;
  private static LoopbackCluster cluster;
  private static Path engines;

  @BeforeAll
  static void start() throws Exception {
    assumeFalse(Gpus.areSupported(), "the addresses are those of no GPU");
    cluster = LoopbackCluster.start(folder.resolve("spark"), "GpuChaos", 0, 6, 1100);
    cluster.addWorker("0", "1");
    cluster.addWorker("2", "3");
    cluster.addWorker();
    engines = LoopbackCluster.engines(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  /**
   * @param millis as in {@link GpuLog}
   */
  private static Leaderboard run(
      String name,
      Map<String, String> more,
      int millis,
      String jars,
      Progress progress,
      String... overrides) {
    Map<String, String> properties = new HashMap<>(ALIKE);
    properties.putAll(more);
    properties.put("spark.master", cluster.master());
    properties.put(
        "spark.jars", Path.of("target/gauntlet-spark.jar").toAbsolutePath() + "," + jars);
    properties.forEach(System::setProperty);
    try (RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      return ChaosRun.run(
          null,
          ConfigReader.read(Searches.CONF, Searches.small(overrides)),
          new GpuLog(log(name).toString(), millis),
          run,
          progress);
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  private static Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static int mostAtATime(List<Training> trainings) {
    return Overlap.most(trainings, Training::begin, Training::end);
  }

  private static Map<String, List<Training>> byGpu(String name) throws IOException {
    return Training.all(log(name)).stream().collect(Collectors.groupingBy(Training::gpu));
  }

  private static void assertAllDone(Leaderboard leaderboard, int candidates) {
    assertThat(leaderboard.rows())
        .hasSize(candidates + 1)
        .allMatch(ranked -> ranked.row().status().equals("done"))
        .allMatch(ranked -> !"gpu".equals(ranked.row().device()));
  }

  /** Kills an executor, and lets no other trial begin until there is one in its place. */
  private static final class Killer implements Progress {
    private int results;

    @Override
    public void finished(TrialResult result) {
      results++;
      if (results == 16) {
        awaitExecutors(2);
        cluster.killExecutor();
        awaitExecutors(1);
        awaitExecutors(2);
      }
    }
  }

  private static void awaitExecutors(int number) {
    // The driver is in the list too.
    var status = SparkContext.getOrCreate().statusTracker();
    for (int i = 0; i < 1200 && status.getExecutorInfos().length != number + 1; i++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    assertThat(status.getExecutorInfos()).hasSize(number + 1);
  }

  @Test
  void run_twoTrialsPerGpu_shareEachAddressByTwoAlsoAfterAKill() throws IOException {
    Leaderboard leaderboard =
        run(
            "shared",
            Map.of(),
            400,
            engines.toString(),
            new Killer(),
            "search.candidates=50",
            "run.trials-per-gpu=2");

    assertAllDone(leaderboard, 50);
    Map<String, List<Training>> trainings = byGpu("shared");
    assertThat(trainings.keySet()).isEqualTo(ADDRESSES);
    assertThat(trainings.values()).extracting(GpuChaos::mostAtATime).containsOnly(2);
    // What the killed one had, another process had after it.
    assertThat(trainings.values().stream().filter(one -> processes(one) == 2)).hasSize(2);
    assertThat(processes(Training.all(log("shared")))).isEqualTo(3);
    assertThat(Files.readAllLines(folder.resolve("shared/timings.csv")))
        .filteredOn(line -> line.startsWith("search,"))
        .hasSize(50)
        .allMatch(line -> line.matches("search,\\d+,0,fused,cpu,.*,(127.0.0.1|localhost),[0-3]"));
  }

  private static long processes(List<Training> trainings) {
    return trainings.stream().map(Training::process).distinct().count();
  }

  /** One trial per GPU while there are such, the others where there are none. */
  @Test
  void run_mixedFleet_trainsOnGpusAndBesideThem() throws IOException {
    Leaderboard leaderboard =
        run(
            "mixed",
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                // Longer than a busy machine takes to start one.
                "spark.dynamicAllocation.executorIdleTimeout", "5min"),
            400,
            engines.toString(),
            Progress.NONE,
            "search.candidates=400",
            "run.trials-per-gpu=1");

    assertAllDone(leaderboard, 400);
    Map<String, List<Training>> trainings = byGpu("mixed");
    List<Training> beside = trainings.remove("");
    assertThat(beside).hasSizeGreaterThan(10);
    assertThat(mostAtATime(beside)).isBetween(2, 6);
    assertThat(trainings.keySet()).isEqualTo(ADDRESSES);
    assertThat(trainings.values()).extracting(GpuChaos::mostAtATime).containsOnly(1);
  }

  /** Tasks of shards have addresses too; each candidate is trained by all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "dl4j"})
  void run_parameterAveraging_trainsOnGpus(String engine) throws IOException {
    Leaderboard leaderboard =
        run(
            "averaging-" + engine,
            Map.of(),
            0,
            engines.toString(),
            Progress.NONE,
            "run.engine=" + engine,
            "run.trials-per-gpu=1",
            "space.training.distribution=parameter-averaging",
            "space.training.shards=4",
            "validate.winners=1",
            "search.candidates=2");

    assertAllDone(leaderboard, 2);
    assertThat(Files.readAllLines(folder.resolve("averaging-" + engine + "/timings.csv")))
        .filteredOn(line -> line.startsWith("search,"))
        .hasSize(2)
        .allMatch(line -> line.matches(".*,(127.0.0.1|localhost),[0-3]"));
  }

  /** A GPU that CUDA has no code for is one message, not a failed row per candidate. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.engine=auto",
        "space.training.distribution=parameter-averaging;space.training.shards=2",
        "run.engine=dl4j;space.training.distribution=parameter-averaging;space.training.shards=2"
      })
  void run_gpuThatIsTooNew_endsWithWhatToDo(String overrides) throws IOException {
    String name = "new-" + Integer.toHexString(overrides.hashCode());
    String[] all = ("run.trials-per-gpu=1;" + overrides).split(";", -1);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    LoopbackCluster.executable(
        bin.resolve("nvidia-smi"), "#!/bin/sh\necho 'NVIDIA H100 80GB HBM3, 9.0'\n");
    Map<String, String> path = Map.of("spark.executorEnv.PATH", bin + ":" + System.getenv("PATH"));

    assertThatThrownBy(() -> run(name, path, 0, engines + "," + cuda(), Progress.NONE, all))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .matches(
            "(127.0.0.1|localhost): GPU [0-3], NVIDIA H100 80GB HBM3, has compute capability 9.0;"
                + " the rule: 3.7 to 8.9, which ND4J's build for CUDA 11.6 has code for."
                + " Maybe run.engine=fused, which trains on the CPU.");
  }

  /** What makes a class path look as if it had CUDA. */
  private static Path cuda() throws IOException {
    Path jar = folder.resolve("cuda.jar");
    try (var to = new JarOutputStream(Files.newOutputStream(jar))) {
      to.putNextEntry(new JarEntry("org/nd4j/linalg/jcublas/JCublasBackend.class"));
      to.closeEntry();
    }
    return jar;
  }
}
