package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.SearchInterruptedException;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.Journal;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.Summary;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where one before them ended, in this process. */
class ResumeIT {
  @TempDir Path folder;
  private static JavaSparkContext spark;

  /** One for all runs: it is no part of what they leave. */
  @BeforeAll
  static void startSpark() {
    spark = SparkSessions.start("resume", "local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static SearchConfig config(String... overrides) {
    return ConfigReader.read(Searches.CONF, Searches.small(overrides));
  }

  /** What a run has heard; it stops after some results. */
  private static final class Listener implements Progress {
    private final int limit;
    private SparkTrialExecutor executor;
    private int finished;
    private int recorded;

    Listener(int limit) {
      this.limit = limit;
    }

    @Override
    public void finished(TrialResult result) {
      if (++finished == limit) {
        executor.stop();
      }
    }

    @Override
    public void recorded(TrialResult result) {
      recorded++;
    }

    @Override
    public void recorded(BaselineTrialResult result) {
      recorded++;
    }
  }

  /** A run that stops after some results of networks; returns what it heard. */
  private Listener interrupted(String name, SearchConfig config, int limit) {
    var listener = new Listener(limit);
    assertThatThrownBy(() -> run(name, config, listener))
        .isInstanceOf(SearchInterruptedException.class);
    return listener;
  }

  private Listener finished(String name, SearchConfig config) {
    var listener = new Listener(Integer.MAX_VALUE);
    run(name, config, listener);
    return listener;
  }

  private Leaderboard run(String name, SearchConfig config, Listener listener) {
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    listener.executor = new SparkTrialExecutor(spark);
    try (RunFolder run = RunFolder.open(folder.resolve(name).toString())) {
      return gauntlet.run(listener.executor, run, listener);
    }
  }

  @Test
  void run_interruptedTwice_isThatWithoutAnInterruptAndTrainsNothingTwice() throws IOException {
    SearchConfig config = config("validate.baselines=[majority, logistic-regression]");
    Listener whole = finished("whole", config);

    Listener first = interrupted("parts", config, 3);
    assertThat(folder.resolve("parts/run.json")).content().contains("\"status\" : \"interrupted\"");
    assertThat(folder.resolve("parts/leaderboard.csv")).content().hasLineCount(4);
    Listener second = interrupted("parts", config, 6);
    Listener third = finished("parts", config);

    Searches.assertSame(folder.resolve("parts"), folder.resolve("whole"));
    assertThat(second.recorded).isEqualTo(first.finished);
    assertThat(third.recorded).isEqualTo(first.finished + second.finished);
    assertThat(first.finished + second.finished + third.finished).isEqualTo(whole.finished);
    assertThat(folder.resolve("parts/run.json")).content().contains("\"status\" : \"done\"");
  }

  @Test
  void run_finishedAlready_trainsNothingAndWritesTheSame() throws IOException {
    SearchConfig config = config();
    finished("once", config);
    finished("twice", config);

    Listener again = finished("twice", config);

    assertThat(again.finished).isZero();
    Searches.assertSame(folder.resolve("twice"), folder.resolve("once"));
  }

  /** A larger budget goes on: those that are there keep their results, winners may change. */
  @Test
  void run_moreCandidatesAndWinners_isTheLargerSearch() throws IOException {
    SearchConfig larger = config("search.candidates=10", "validate.winners=3");
    Listener whole = finished("larger", larger);

    Listener small = finished("grown", config("search.candidates=4"));
    Listener grown = finished("grown", larger);

    Searches.assertSame(folder.resolve("grown"), folder.resolve("larger"));
    assertThat(grown.finished).isBetween(6, whole.finished - 4);
    assertThat(small.finished).isEqualTo(4 + 2 * 4);
  }

  /** Who won before is known again only after the search; what they left stays until then. */
  @Test
  void run_grownAndInterrupted_keepsTheModelsItHas() throws IOException {
    finished("kept", config("search.candidates=4"));

    Listener grown = interrupted("kept", config("search.candidates=8"), 2);
    Listener again = finished("kept", config("search.candidates=4"));

    assertThat(grown.finished).isEqualTo(2);
    assertThat(again.finished).isZero();
  }

  @Test
  void run_retryFailed_triesOnlyWhatBroke() {
    SearchConfig config = config("run.retries=0");
    var faults = Map.of(1, Fault.THROW, 2, Fault.NAN);
    var listener = new Listener(Integer.MAX_VALUE);
    try (RunFolder run = RunFolder.open(folder.resolve("mended").toString())) {
      Gauntlet.prepare(config, new FileTableReader())
          .run(new SparkTrialExecutor(spark, new FaultyEngines(faults, null)), run, Progress.NONE);
    }

    Leaderboard leaderboard;
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    try (RunFolder run = RunFolder.open(folder.resolve("mended").toString());
        Journal journal = gauntlet.journal(run)) {
      journal.retryFailed();
      leaderboard = gauntlet.run(new SparkTrialExecutor(spark), run, journal, listener);
    }

    assertThat(Summary.of(leaderboard))
        .contains("6 candidates: 5 done, 1 failed; the column status says why.");
    assertThat(listener.finished).isBetween(1, 1 + 2 * 4);
    assertThat(finished("mended", config).finished).isZero();
  }

  /** Promotions depend on all scores of a round, and go on from checkpoints. */
  @Test
  void run_hyperbandInterrupted_isThatWithoutAnInterrupt() throws IOException {
    SearchConfig config =
        config("search.strategy=hyperband", "space.training.epochs=9", "search.candidates=12");
    Listener whole = finished("whole-band", config);

    int done = 0;
    for (int limit : new int[] {5, 7, 3}) {
      done += interrupted("bands", config, limit).finished;
    }
    assertThat(folder.resolve("bands/checkpoints")).isNotEmptyDirectory();
    Listener last = finished("bands", config);

    Searches.assertSame(folder.resolve("bands"), folder.resolve("whole-band"));
    assertThat(last.recorded).isEqualTo(done);
    assertThat(done + last.finished).isEqualTo(whole.finished);
    assertThat(folder.resolve("bands/checkpoints")).doesNotExist();
  }

  @Test
  void run_searchWhoseTimeIsUp_doesNotSearchOn() throws IOException {
    SearchConfig config = config("search.candidates=2000", "search.max-time=3s");
    var calls = new Listener(Integer.MAX_VALUE);
    Leaderboard hurried = run("hurried", config, calls);
    byte[] before = Files.readAllBytes(folder.resolve("hurried/leaderboard.csv"));

    Listener again = finished("hurried", config);

    assertThat(hurried.rows()).hasSizeBetween(2, 1000);
    assertThat(again.finished).isZero();
    assertThat(folder.resolve("hurried/leaderboard.csv")).hasBinaryContent(before);
  }

  @Test
  void run_anotherSpace_isRefusedWithEveryDifferenceAndChangesNothing() throws IOException {
    finished("mine", config());
    byte[] journal = Files.readAllBytes(folder.resolve("mine/journal.jsonl"));

    assertThatThrownBy(() -> finished("mine", config("seed=2", "validate.folds=4")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mine holds another search: seed is 1234 there and 2 here; ")
        .hasMessageContaining("validate.folds is 3 there and 4 here")
        .hasMessageContaining("Maybe --fresh starts over in a new folder");

    assertThat(folder.resolve("mine/journal.jsonl")).hasBinaryContent(journal);
  }

  /** What is not finished when a model is lost is that winner's last training. */
  @Test
  void run_modelThatIsGone_isTrainedAgain() throws IOException {
    SearchConfig config = config();
    finished("complete", config);
    finished("robbed", config);
    Path model;
    try (var models = Files.list(folder.resolve("robbed/models"))) {
      model = models.filter(file -> file.toString().endsWith(".zip")).sorted().findFirst().get();
    }
    Files.delete(model);

    Listener again = finished("robbed", config);

    assertThat(again.finished).isEqualTo(1);
    Searches.assertSame(folder.resolve("robbed"), folder.resolve("complete"));
    assertThat(folder.resolve("robbed/run.json"))
        .content()
        .contains(model.getFileName() + " is gone or was changed: it is made again.");
  }

  /** What breaks is tried again, what never ends is given up, and both are rows with a cause. */
  @Test
  void run_candidatesThatBreak_failAloneAndTheRestFinish() throws IOException {
    SearchConfig config = config("search.candidates=8", "run.retries=1", "run.trial-timeout=6s");
    var engines =
        new FaultyEngines(
            Map.of(1, Fault.THROW, 3, Fault.LOOP, 5, Fault.NAN), folder.resolve("log").toString());

    Leaderboard leaderboard;
    try (RunFolder run = RunFolder.open(folder.resolve("faulty").toString())) {
      leaderboard =
          Gauntlet.prepare(config, new FileTableReader())
              .run(new SparkTrialExecutor(spark, engines), run, Progress.NONE);
    }

    assertThat(Summary.of(leaderboard))
        .contains("8 candidates: 5 done, 3 failed; the column status says why.");
    assertThat(folder.resolve("faulty/leaderboard.csv"))
        .content()
        .contains(
            "failed: IllegalStateException: thrown on purpose",
            "\"failed: it took longer than run.trial-timeout, 6s\"");
    List<String> begun = Files.readAllLines(folder.resolve("log"));
    assertThat(begun.stream().filter(line -> line.startsWith("1 "))).hasSize(2);
    assertThat(begun.stream().filter(line -> line.startsWith("3 "))).hasSize(2);
    assertThat(begun.stream().filter(line -> line.startsWith("5 "))).hasSize(1);
  }
}
