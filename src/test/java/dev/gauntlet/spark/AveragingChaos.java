package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on four shards, on as many executors as there happen to be. */
class AveragingChaos {
  private static final int EXECUTORS = 4;

  @TempDir static Path folder;
  private static LoopbackCluster cluster;
  private static Map<String, String> properties;

  @BeforeAll
  static void start() throws Exception {
    cluster = LoopbackCluster.start(folder.resolve("spark"), "averaging", 2, 2, 2000);
    run("expected", "local[2]", Progress.NONE);
    properties =
        Map.of(
            "spark.jars", Path.of("target/gauntlet-spark.jar").toAbsolutePath().toString(),
            "spark.executor.memory", "900m",
            "spark.executor.cores", "1",
            "spark.master", cluster.master(),
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1");
    properties.forEach(System::setProperty);
  }

  @AfterAll
  static void stop() throws IOException {
    properties.keySet().forEach(System::clearProperty);
    System.clearProperty("spark.cores.max");
    cluster.close();
  }

  private static void run(String name, String master, Progress progress) {
    var config =
        ConfigReader.read(
            Searches.CONF,
            Searches.sharded(
                4,
                "space.training.epochs=8",
                "space.training.early-stopping={patience: 3}",
                "space.training.averaging-frequency=2"));
    try (var executor = new SparkTrialExecutor(SparkSessions.start(name, master));
        RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      Gauntlet.prepare(config, new FileTableReader()).run(executor, run, progress);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, EXECUTORS})
  void run_anyNumberOfExecutors_givesTheSameLeaderboard(int executors) throws IOException {
    System.setProperty("spark.cores.max", Integer.toString(executors));

    run("on-" + executors, null, Progress.NONE);

    Searches.assertSame(folder.resolve("on-" + executors), folder.resolve("expected"));
  }

  /** Kills an executor after the first result, and one after the third. */
  private static final class Killer implements Progress {
    private int results;
    private int kills;

    @Override
    public void finished(TrialResult result) {
      results++;
      if (results == 1 || results == 3) {
        cluster.killExecutor();
        kills++;
      }
    }
  }

  @Test
  void run_executorsKilled_givesTheSameLeaderboard() throws IOException {
    System.setProperty("spark.cores.max", Integer.toString(EXECUTORS));
    var killer = new Killer();

    run("killed", null, killer);

    assertThat(killer.kills).isEqualTo(2);
    Searches.assertSame(folder.resolve("killed"), folder.resolve("expected"));
  }
}
