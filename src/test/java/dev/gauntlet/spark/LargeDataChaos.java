package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.chaos.ChaosRun;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.journal.RunFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of twice the heap of the one executor that trains on them. */
class LargeDataChaos {
  private static final int HEAP_MIB = 512;
  private static final int ROWS = 1_100_000;
  private static final int COLUMNS = 256;

  @TempDir Path folder;

  @Test
  void run_twiceTheHeapOfExecutors_isSearchedByAveraging() throws Exception {
    assertThat(4L * ROWS * COLUMNS).isGreaterThan((2L * HEAP_MIB) << 20);
    Path run = folder.resolve("large");
    File log = Path.of("target/clusters/large.log").toFile();
    try (var cluster = LoopbackCluster.start(folder.resolve("spark"), "large", 1, 2, HEAP_MIB)) {
      ProcessBuilder search =
          ChaosRun.java(LargeDataChaos.class.getName(), cluster.master(), run.toString());
      // The driver has the rows once; behind the options of all tests.
      search.command().add(search.command().indexOf("-cp"), "-Xmx3g");
      Process process = search.redirectOutput(log).start();
      try {
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).as("see %s", log).isZero();
      assertThat(log).content().doesNotContain("Exception");
    }

    assertThat(run.resolve("search.yaml"))
        .content()
        .contains("distribution: parameter-averaging", "shards: 2");
    assertThat(Files.readAllLines(run.resolve("leaderboard.csv")))
        .filteredOn(line -> line.contains(",candidate,"))
        .hasSize(2)
        .allMatch(line -> line.contains(",candidate,done,"));
  }

  /** Of the search: the master, and the run folder. */
  public static void main(String[] arguments) {
    Map.of(
            "spark.master",
            arguments[0],
            "spark.jars",
            Path.of("target/gauntlet-spark.jar").toAbsolutePath().toString(),
            "spark.executor.memory",
            HEAP_MIB + "m",
            "spark.driver.host",
            "127.0.0.1",
            "spark.driver.bindAddress",
            "127.0.0.1")
        .forEach(System::setProperty);
    SearchConfig config =
        ConfigReader.read(
            Searches.CONF,
            Searches.small(
                "search.candidates=2",
                "space.network={type: dense, layers: 1, units: 16, activation: relu}",
                "space.optimizer={type: adam, learning-rate: {min: 1e-3, max: 1e-2}}",
                "space.training={batch-size: 512, epochs: 1}",
                "validate.winners=1",
                "validate.folds=2"));
    Gauntlet gauntlet =
        Gauntlet.prepare(
            config,
            (data, task) -> table(),
            dataset -> Distributed.of(config, dataset, null).config());
    try (var executor = new SparkTrialExecutor(SparkSessions.start("large", null));
        RunFolder run = RunFolder.open(arguments[1])) {
      var best = gauntlet.run(executor, run, Progress.NONE).best().orElseThrow();
      assertThat(best.row().searchScore()).isGreaterThan(0.9);
    }
  }

  /** The first columns say which class a row has. */
  private static Table table() {
    var random = new SplittableRandom(1);
    float[] values = new float[ROWS * COLUMNS];
    int[] classes = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float sum = 0;
      for (int column = 0; column < COLUMNS; column++) {
        float value = random.nextInt(2001) / 1000f - 1;
        values[row * COLUMNS + column] = value;
        sum += column < 4 ? value : 0;
      }
      classes[row] = sum > 0 ? 1 : 0;
    }
    List<Column> columns =
        IntStream.range(0, COLUMNS).mapToObj(column -> Column.numeric("c" + column)).toList();
    return new Table(columns, values, new Labels(classes, List.of("no", "yes")), 0);
  }
}
