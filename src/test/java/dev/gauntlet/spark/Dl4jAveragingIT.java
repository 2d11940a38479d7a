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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole searches whose candidates are trained on shards by dl4j-spark. */
class Dl4jAveragingIT {
  @TempDir Path folder;

  private static SearchConfig config(int shards, String... overrides) {
    var few = Stream.of("run.engine=dl4j", "search.candidates=3", "validate.winners=1");
    String[] all = Stream.concat(few, Stream.of(overrides)).toArray(String[]::new);
    return ConfigReader.read(Searches.CONF, Searches.sharded(shards, all));
  }

  private List<Leaderboard> run(String master, SearchConfig... configs) {
    List<Leaderboard> leaderboards = new ArrayList<>();
    try (var executor = new SparkTrialExecutor(SparkSessions.start("test", master))) {
      for (SearchConfig config : configs) {
        String output = folder.resolve(master + leaderboards.size()).toString();
        try (RunFolder run = RunFolder.open(output)) {
          leaderboards.add(
              Gauntlet.prepare(config, new FileTableReader()).run(executor, run, Progress.NONE));
        }
      }
    }
    return leaderboards;
  }

  private List<String> csv(String master, SearchConfig... configs) {
    List<Leaderboard> leaderboards = run(master, configs);
    assertThat(leaderboards).allMatch(one -> one.failedCandidates() == 0);
    return leaderboards.stream().map(LeaderboardCsv::write).toList();
  }

  @Test
  void run_oneShard_equalsPlainTraining() {
    List<String> rows = csv("local[2]", config(0), config(1));

    assertThat(rows.get(1)).isEqualTo(rows.get(0));
  }

  /** With dropout it is another result: each round has a seed of its own. */
  @Test
  void run_oneShardInRounds_equalsPlainTraining() {
    String[] none = {"space.network.dropout=0", "validate.mc-dropout.passes=0"};
    String rounds = "space.training.averaging-frequency=3";

    List<String> rows = csv("local[2]", config(0, none), config(1, none[0], none[1], rounds));

    assertThat(rows.get(1)).isEqualTo(rows.get(0));
  }

  /** dl4j-spark's own sum depends on the order in which three workers arrive. */
  @Test
  void run_shards_decideTheResultAndCoresDoNot() {
    SearchConfig three = config(3, "space.network.dropout=0.2");

    List<String> rows = csv("local[2]", three, config(2, "space.network.dropout=0.2"));

    assertThat(csv("local[3]", three).get(0)).isEqualTo(rows.get(0)).isNotEqualTo(rows.get(1));
  }

  /** As an image of 5 x 6; its loss with class weights travels to the workers. */
  @Test
  void run_convolutions_areTrained() {
    SearchConfig config =
        config(
            2,
            "search.candidates=2",
            "space.network={type: convolutional, image: 1x5x6, blocks: [{filters: 8, batch-norm:"
                + " before, dropout: 0.2}], units: 16, activation: swish}",
            "space.optimizer={type: adam, learning-rate: 0.01}",
            "space.training.loss=categorical-cross-entropy",
            "space.training.epochs=8",
            "space.training.averaging-frequency=4");

    Leaderboard leaderboard = run("local[2]", config).get(0);

    assertThat(leaderboard.failedCandidates()).isZero();
    assertThat(leaderboard.best().orElseThrow().row().searchScore()).isGreaterThan(0.9);
  }

  @Test
  void run_divergingCandidates_areRowsWithACause() {
    SearchConfig config = config(2, "space.optimizer={type: sgd, learning-rate: 1e30}");

    assertThat(run("local[2]", config).get(0).rows())
        .filteredOn(row -> row.row().status().startsWith("failed: loss became"))
        .hasSize(3);
  }
}
