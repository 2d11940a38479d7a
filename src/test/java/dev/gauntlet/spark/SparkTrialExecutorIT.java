package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.RunningTrial;
import dev.gauntlet.SearchInterruptedException;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardCsv;
import dev.gauntlet.leaderboard.Summary;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Spark in this process, without the script's settings: no OMP_NUM_THREADS, other cores. */
class SparkTrialExecutorIT {
  @TempDir Path folder;

  private static SearchConfig config(String... overrides) {
    List<String> small =
        List.of(
            "search.candidates=6",
            "space.training.epochs=6",
            "validate.winners=2",
            "validate.folds=3",
            "validate.mc-dropout.passes=5",
            "validate.baselines=[majority]");
    return ConfigReader.read(
        Path.of("conf/quickstart.yaml"),
        Stream.concat(small.stream(), Stream.of(overrides)).toList());
  }

  private static SparkTrialExecutor executor(String master) {
    return new SparkTrialExecutor(SparkSessions.start("test", master));
  }

  private Leaderboard run(String name, String master, SearchConfig config) {
    try (var executor = executor(master);
        RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      return Gauntlet.prepare(config, new FileTableReader()).run(executor, run, Progress.NONE);
    }
  }

  @Test
  void run_anyMasterAndSlots_givesTheSameLeaderboard() {
    String expected = LeaderboardCsv.write(run("a", "local[1]", config()));

    assertThat(LeaderboardCsv.write(run("b", "local[3]", config()))).isEqualTo(expected);
    assertThat(LeaderboardCsv.write(run("c", "local[2]", config("run.slots=5"))))
        .isEqualTo(expected);
    assertThat(LeaderboardCsv.write(run("d", "local[2]", config("seed=2")))).isNotEqualTo(expected);
  }

  /** Promotions depend on scores, and trainings go on from checkpoints that travel. */
  @Test
  void run_hyperbandOnAnyMaster_givesTheSameLeaderboard() {
    SearchConfig hyperband =
        config("search.strategy=hyperband", "search.repeats=2", "search.max-time=999999999d");
    Leaderboard expected = run("one", "local[1]", hyperband);

    assertThat(LeaderboardCsv.write(run("two", "local[2]", hyperband)))
        .isEqualTo(LeaderboardCsv.write(expected));
    assertThat(expected.rows())
        .anyMatch(row -> row.row().status().equals("stopped: 2 of 6 epochs"));
    assertThat(folder.resolve("one/checkpoints")).doesNotExist();
  }

  @Test
  void run_timeThatIsUp_startsNothingAndSaysSo() {
    SearchConfig config = config("search.max-time=1s", "search.candidates=1000");

    Leaderboard leaderboard = run("hurried", "local[2]", config);

    assertThat(leaderboard.rows()).hasSizeBetween(1, 900);
    assertThat(Summary.of(leaderboard))
        .anyMatch(line -> line.startsWith("The search ended at search.max-time, 1s: "));
  }

  /**
   * Labels that no feature knows of: what selection, preprocessing or folds leak would show as an
   * accuracy above that of a coin, whose standard deviation is 0.024 here.
   */
  @Test
  void run_noiseLabels_areNotPredicted() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("a,b,c,d,label\n");
    for (int row = 0; row < 500; row++) {
      for (int column = 0; column < 4; column++) {
        csv.append(random.nextGaussian()).append(',');
      }
      csv.append(random.nextBoolean() ? "heads" : "tails").append('\n');
    }
    Path data = folder.resolve("noise.csv");
    Files.writeString(data, csv);

    Leaderboard leaderboard =
        run(
            "noise",
            "local[2]",
            config(
                "data.path=" + data,
                "data.label=label",
                "validate.folds=10",
                "validate.baselines=[majority, stratified-random, logistic-regression,"
                    + " random-forest]"));

    for (var ranked : leaderboard.rows()) {
      FoldScores folds = ranked.row().folds();
      if (folds != null) {
        assertThat(folds.mean()).as(ranked.row().id()).isBetween(0.5 - 0.08, 0.5 + 0.08);
      }
    }
    assertThat(Summary.of(leaderboard)).noneMatch(line -> line.startsWith("It beats"));
  }

  @Test
  void run_repeatedFolds_areAllThere() {
    Leaderboard leaderboard =
        run(
            "repeats",
            "local[2]",
            config("validate.repeats=2", "validate.calibration=temperature"));

    assertThat(leaderboard.best().orElseThrow().row().foldScores()).hasSize(6);
    assertThat(Summary.of(leaderboard).get(0)).contains(" over 2 x 3 folds, ");
    assertThat(folder.resolve("repeats/leaderboard.parquet")).isNotEmptyFile();
    assertThat(folder.resolve("repeats/evaluation"))
        .isDirectoryContaining("glob:**.json")
        .isDirectoryContaining("glob:**.csv");
  }

  @Test
  void run_clusterSetToKryo_works() {
    System.setProperty("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    try {
      assertThat(run("kryo", "local[2]", config("search.candidates=1")).best()).isPresent();
    } finally {
      System.clearProperty("spark.serializer");
    }
  }

  @Test
  void run_resultsStreamBackOneByOne() {
    SearchConfig config = config();
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    List<Trial> trials =
        gauntlet.samples().stream().limit(6).map(c -> new Trial(Trial.Kind.SEARCH, c, 0)).toList();
    List<Long> arrivals = new ArrayList<>();

    try (var executor = executor("local[1]")) {
      executor.run(
          gauntlet.experiment(),
          trials,
          () -> true,
          result -> arrivals.add(System.nanoTime()),
          Progress.NONE);
    }

    assertThat(arrivals).hasSize(6);
    assertThat(arrivals.get(5) - arrivals.get(0)).isGreaterThan(10_000_000);
  }

  /** How far trials are, as executors say with their heartbeats. */
  @Test
  void run_longTrial_tellsEpochsAndLosses() {
    SearchConfig config =
        config("search.candidates=1", "space.training={epochs: 1000000, batch-size: 16}");
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    List<RunningTrial> told = new ArrayList<>();
    var trial = new Trial(Trial.Kind.SEARCH, gauntlet.samples().get(0), 0);

    try (var executor = executor("local[1]")) {
      var progress =
          new Progress() {
            @Override
            public void running(RunningTrial running) {
              told.add(running);
              executor.stop();
            }
          };
      assertThatThrownBy(
              () ->
                  executor.run(
                      gauntlet.experiment(), List.of(trial), () -> true, result -> {}, progress))
          .isInstanceOf(SearchInterruptedException.class);
    }

    assertThat(told)
        .isNotEmpty()
        .allSatisfy(
            running -> {
              assertThat(running.candidate()).isZero();
              assertThat(running.epoch()).isBetween(1, 1_000_000);
              assertThat(running.until()).isEqualTo(1_000_000);
              assertThat(running.loss()).isFinite().isPositive();
            });
  }

  /** Promise 3: a learning rate of up to 1e30 breaks some candidates and not the search. */
  @Test
  void run_divergingCandidates_areRowsWithACause() {
    String optimizer =
        "space.optimizer={type: sgd, learning-rate: {choice: [0.01, 0.1, 1e30, 1e31]}}";

    Leaderboard leaderboard = run("failing", "local[2]", config(optimizer));

    long failed =
        leaderboard.rows().stream()
            .filter(row -> row.row().status().startsWith("failed: loss became"))
            .count();
    assertThat(failed).isBetween(1L, 5L);
    assertThat(leaderboard.rows()).hasSize(7);
    assertThat(leaderboard.best()).isPresent();
    assertThat(Summary.of(leaderboard))
        .contains(
            "6 candidates: "
                + (6 - failed)
                + " done, "
                + failed
                + " failed; the column status says why.");
    assertThat(leaderboard.rows().get(6).row().status()).startsWith("failed: ");
  }

  @Test
  void run_nothingButFailures_stillWritesItsLeaderboard() {
    Leaderboard leaderboard =
        run("hopeless", "local[2]", config("space.optimizer={type: sgd, learning-rate: 1e30}"));

    assertThat(leaderboard.best()).isEmpty();
    assertThat(Summary.of(leaderboard)).contains("No candidate completed the gauntlet.");
    assertThat(folder.resolve("hopeless/leaderboard.csv")).isNotEmptyFile();
  }

  /** A context that stops is nothing that trials did: they have no result, and run again. */
  @Test
  void run_sparkThatIsGone_endsWithoutResults() {
    SearchConfig config = config();
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    Trial trial = new Trial(Trial.Kind.SEARCH, gauntlet.samples().get(0), 0);
    List<TrialResult> results = new ArrayList<>();

    try (var executor = executor("local[1]")) {
      executor.close();
      assertThatThrownBy(
              () ->
                  executor.run(
                      gauntlet.experiment(),
                      List.of(trial),
                      () -> true,
                      results::add,
                      Progress.NONE))
          .hasMessage("Spark has stopped");
    }

    assertThat(results).isEmpty();
  }
}
