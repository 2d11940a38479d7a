package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardCsv;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole searches whose candidates are trained on shards. */
class AveragingIT {
  @TempDir Path folder;

  private static SearchConfig config(int shards, String... overrides) {
    return ConfigReader.read(Searches.CONF, Searches.sharded(shards, overrides));
  }

  private Leaderboard run(String name, String master, SearchConfig config) {
    try (var executor = new SparkTrialExecutor(SparkSessions.start("test", master));
        RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      return Gauntlet.prepare(config, new FileTableReader()).run(executor, run, Progress.NONE);
    }
  }

  private String csv(String name, String master, SearchConfig config) {
    Leaderboard leaderboard = run(name, master, config);
    assertThat(leaderboard.failedCandidates()).isZero();
    return LeaderboardCsv.write(leaderboard);
  }

  @Test
  void run_oneShard_equalsPlainTraining() {
    String expected = csv("plain", "local[2]", config(0));

    assertThat(csv("epoch", "local[2]", config(1))).isEqualTo(expected);
    assertThat(csv("steps", "local[2]", config(1, "space.training.averaging-frequency=3")))
        .isEqualTo(expected);
  }

  @Test
  void run_shards_decideTheResultAndCoresAndGroupsDoNot() {
    String expected = csv("a", "local[1]", config(3));

    assertThat(csv("b", "local[3]", config(3, "run.slots=2"))).isEqualTo(expected);
    assertThat(csv("c", "local[2]", config(2))).isNotEqualTo(expected);
  }

  /** Trained in the same stages as those that do not diverge. */
  @Test
  void run_divergingCandidates_failAlone() {
    String optimizer = "space.optimizer={type: sgd, learning-rate: {choice: [0.05, 1e30]}}";

    Leaderboard leaderboard = run("diverging", "local[2]", config(2, optimizer));

    assertThat(leaderboard.rows())
        .filteredOn(row -> row.row().status().startsWith("failed: loss became"))
        .hasSizeBetween(1, 5);
    assertThat(leaderboard.best().orElseThrow().row().searchScore()).isGreaterThan(0.9);
  }
}
