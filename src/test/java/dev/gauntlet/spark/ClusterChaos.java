package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Progress;
import dev.gauntlet.chaos.ChaosRun;
import dev.gauntlet.chaos.Fault;
import dev.gauntlet.chaos.FaultyEngines;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardRow;
import dev.gauntlet.leaderboard.Summary;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 3 where it is hardest: on a cluster whose executors die, of themselves or by others. */
class ClusterChaos {
  private static final int KILLS = Integer.getInteger("chaos.executor-kills", 20);

  @TempDir static Path folder;
  private static LoopbackCluster cluster;
  private static Map<String, String> properties;

  @BeforeAll
  static void start() throws Exception {
    cluster = LoopbackCluster.start(folder.resolve("spark"), "chaos", 2, 1, 1400);
    properties =
        Map.of(
            "spark.jars",
                Path.of("target/gauntlet-spark.jar").toAbsolutePath()
                    + ","
                    + LoopbackCluster.engines(folder),
            "spark.executor.memory", "1000m",
            // As spark-submit says it; what is not given with a master of its own runs here.
            "spark.master", cluster.master(),
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1");
    properties.forEach(System::setProperty);
  }

  @AfterAll
  static void stop() throws IOException {
    properties.keySet().forEach(System::clearProperty);
    cluster.close();
  }

  private static Leaderboard run(
      String name,
      String master,
      SearchConfig config,
      Map<Integer, Fault> faults,
      Progress progress) {
    try (RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      return ChaosRun.run(master, config, new FaultyEngines(faults, null), run, progress);
    }
  }

  private static SearchConfig config(String... overrides) {
    return ConfigReader.read(Searches.CONF, Searches.small(overrides));
  }

  /** Kills an executor after every few results. */
  private static final class Killer implements Progress {
    private int results;
    private int kills;

    @Override
    public void finished(TrialResult result) {
      results++;
      if (results % 5 == 0 && kills < KILLS && !cluster.executors().isEmpty()) {
        cluster.killExecutor();
        kills++;
      }
    }
  }

  @Test
  void run_executorsKilled_givesTheSameLeaderboard() throws IOException {
    SearchConfig config = config("search.candidates=100", "space.training.epochs=6");
    run("calm", "local[2]", config, Map.of(), Progress.NONE);
    var killer = new Killer();

    run("killed", null, config, Map.of(), killer);

    assertThat(killer.kills).isEqualTo(KILLS);
    Searches.assertSame(folder.resolve("killed"), folder.resolve("calm"));
  }

  private static final class Retries implements Progress {
    private final List<String> causes = new ArrayList<>();

    @Override
    public void retried(Trial trial, String cause) {
      causes.add(trial.candidate().id() + " " + cause);
    }
  }

  @Test
  void run_candidatesThatTakeTheirProcessDown_failAloneAndTheRestFinish() {
    SearchConfig config = config("search.candidates=40", "run.retries=1", "run.trial-timeout=45s");
    Map<Integer, Fault> faults =
        Map.of(4, Fault.HALT, 11, Fault.HEAP, 18, Fault.LOOP, 25, Fault.NAN, 32, Fault.SLOW);
    var retries = new Retries();

    Leaderboard leaderboard = run("faulty", null, config, faults, retries);

    Map<String, String> expected =
        Map.of(
            "4", "failed: the process that trained it died",
            "11", "failed: out of memory: Java heap space",
            "18", "failed: it took longer than run.trial-timeout, 45s",
            "25", "failed: the output is not finite");
    for (var ranked : leaderboard.rows()) {
      LeaderboardRow row = ranked.row();
      assertThat(row.status()).as(row.id()).startsWith(expected.getOrDefault(row.id(), "done"));
    }
    assertThat(Summary.of(leaderboard))
        .contains("40 candidates: 36 done, 4 failed; the column status says why.");
    assertThat(retries.causes)
        .hasSizeGreaterThanOrEqualTo(3)
        .noneMatch(one -> one.startsWith("25 "));
  }
}
