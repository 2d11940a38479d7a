package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardCsv;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole searches whose candidates are trained on shards. */
class AveragingIT {
  @TempDir Path folder;

  private static SearchConfig config(String... overrides) {
    List<String> small =
        List.of(
            "search.candidates=5",
            "space.training.epochs=6",
            "space.training.early-stopping={patience: 2}",
            "validate.winners=2",
            "validate.folds=3",
            "validate.mc-dropout.passes=5",
            "validate.baselines=[majority]");
    return ConfigReader.read(
        Path.of("conf/quickstart.yaml"),
        Stream.concat(small.stream(), Stream.of(overrides)).toList());
  }

  private static SearchConfig averaging(int shards, String... overrides) {
    return config(
        Stream.concat(
                Stream.of(
                    "space.training.distribution=parameter-averaging",
                    "space.training.shards=" + shards),
                Stream.of(overrides))
            .toArray(String[]::new));
  }

  private String run(String name, String master, SearchConfig config) {
    try (var executor = new SparkTrialExecutor(SparkSessions.start("test", master));
        RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      Leaderboard leaderboard =
          Gauntlet.prepare(config, new FileTableReader()).run(executor, run, Progress.NONE);
      assertThat(leaderboard.failedCandidates()).isZero();
      return LeaderboardCsv.write(leaderboard);
    }
  }

  @Test
  void run_oneShard_equalsPlainTraining() {
    String expected = run("plain", "local[2]", config());

    assertThat(run("epoch", "local[2]", averaging(1))).isEqualTo(expected);
    assertThat(run("steps", "local[2]", averaging(1, "space.training.averaging-frequency=3")))
        .isEqualTo(expected);
  }

  @Test
  void run_shards_decideTheResultAndCoresAndGroupsDoNot() {
    String expected = run("a", "local[1]", averaging(3));

    assertThat(run("b", "local[3]", averaging(3, "run.slots=2"))).isEqualTo(expected);
    assertThat(run("c", "local[2]", averaging(2))).isNotEqualTo(expected);
  }
}
