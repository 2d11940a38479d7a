package dev.gauntlet.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.config.Decimals;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.config.ValidateConfig.Baseline;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Cells;
import dev.gauntlet.validate.Evaluation;
import dev.gauntlet.validate.McDropoutScore;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialResult.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
  private static final List<String> NAMES =
      List.of("network.layers", "network.units", "optimizer.type", "optimizer.learning-rate");

  /** Of 5 folds. */
  private static final double RATIO = 0.25;

  private static final ValidateConfig VALIDATE =
      TestSpaces.config(TestSpaces.CONDITIONAL, "validate.folds=5").validate();

  private static Evaluation evaluation(double score) {
    return new Evaluation(Map.of(Metric.ACCURACY, score, Metric.LOG_LOSS, 1 - score), null, null);
  }

  private static BaselineResult baseline(Baseline kind, double search, double... folds) {
    List<BaselineTrialResult> results = new ArrayList<>();
    for (double fold : folds) {
      results.add(fit(kind, results.size(), fold));
    }
    return new BaselineResult(kind, fit(kind, BaselineTrial.SEARCH, search), results, RATIO);
  }

  private static BaselineTrialResult fit(Baseline kind, int fold, double score) {
    var trial = new BaselineTrial(kind, fold);
    return Double.isNaN(score)
        ? new BaselineTrialResult(trial, "out of memory", score, Map.of(), 1)
        : new BaselineTrialResult(trial, null, score, evaluation(score).scores(), 1);
  }

  private static CandidateResult searched(int id, int units, double... scores) {
    Candidate made = TestSpaces.candidate(4, 2, "space.network.units=" + units);
    var candidate =
        new Candidate(
            id, made.point(), made.network(), made.words(), made.parameters(), made.chosen(), null);
    List<TrialResult> results = new ArrayList<>();
    for (double score : scores) {
      results.add(result(Kind.SEARCH, candidate, results.size(), score, null));
    }
    return new CandidateResult(candidate, results, List.of(), RATIO, null);
  }

  private static CandidateResult winner(CandidateResult searched, double... folds) {
    List<TrialResult> results = new ArrayList<>();
    for (double fold : folds) {
      results.add(result(Kind.FOLD, searched.candidate(), results.size(), fold, null));
    }
    var dropout =
        new McDropoutScore(
            0.9, 0.01, 0.91, 100, 0.5, new double[] {.1, .2}, new double[] {.01, .02});
    var saved = new Saved(new byte[0], null, dropout, null, new byte[0], List.of());
    TrialResult last = result(Kind.FINAL, searched.candidate(), 0, 0.875, saved);
    return new CandidateResult(searched.candidate(), searched.search(), results, RATIO, last);
  }

  private static CandidateResult stopped(int id, double score) {
    CandidateResult all = searched(id, 8, score);
    TrialResult one = all.search().get(0);
    var early = new Outcome(null, score, 2, 2, null, null, null);
    var result = new TrialResult(one.kind(), id, 0, 2, "dl4j", "cpu", early, 1.5, "somewhere", "");
    return new CandidateResult(all.candidate(), List.of(result), List.of(), RATIO, null);
  }

  private static TrialResult result(
      Kind kind, Candidate candidate, int index, double score, Saved saved) {
    if (Double.isNaN(score)) {
      return TrialResult.failed(new Trial(kind, candidate, index), "loss became NaN in epoch 2");
    }
    return new TrialResult(
        kind,
        candidate.id(),
        index,
        10,
        "dl4j",
        candidate.id() == 1 && kind == Kind.FOLD ? "gpu" : "cpu",
        new Outcome(null, score, 10, 8, null, evaluation(score), saved),
        1.5,
        "somewhere",
        "");
  }

  private static final CandidateResult GOOD =
      winner(searched(3, 20, 0.95), 0.9, 0.92, 0.94, 0.91, 0.93);
  private static final CandidateResult TIED =
      winner(searched(1, 8, 0.95), 0.91, 0.91, 0.92, 0.92, 0.92);
  private static final CandidateResult BROKEN =
      winner(searched(4, 8, 0.99), 0.9, Double.NaN, 0.9, 0.9, 0.9);
  private static final CandidateResult PLAIN = searched(0, 20, 0.75, 0.875);
  private static final CandidateResult SMALL = searched(5, 8, 0.8125, 0.8125);
  private static final CandidateResult FAILED = searched(2, 8, Double.NaN);
  private static final BaselineResult MAJORITY =
      baseline(Baseline.MAJORITY, 0.62, .6, .62, .61, .6, .62);

  private static Leaderboard board(BaselineResult baseline, CandidateResult... candidates) {
    return Leaderboard.of(Metric.ACCURACY, VALIDATE, NAMES, List.of(candidates), List.of(baseline));
  }

  private static Leaderboard board() {
    return board(MAJORITY, GOOD, TIED, BROKEN, PLAIN, SMALL, FAILED);
  }

  private static List<String> ids(Leaderboard leaderboard) {
    return leaderboard.rows().stream().map(row -> row.row().id()).toList();
  }

  /** Winners by folds; others by search score, smaller network first; the failed last. */
  @Test
  void rank_mixedRows_followsTheDocumentedOrder() {
    assertThat(ids(board())).containsExactly("3", "1", "4", "5", "0", "majority", "2");
  }

  /** What a strategy gave up on stands behind what it trained to the end, however good it was. */
  @Test
  void rank_stoppedCandidate_isBehindThoseOfAllEpochs() {
    Leaderboard leaderboard = board(MAJORITY, GOOD, PLAIN, stopped(6, 0.99), FAILED);

    assertThat(ids(leaderboard)).containsExactly("3", "0", "majority", "6", "2");
    assertThat(leaderboard.rows().get(3).row().status()).isEqualTo("stopped: 2 of 10 epochs");
    assertThat(Summary.of(leaderboard))
        .contains(
            "4 candidates: 2 done, 1 stopped early by the strategy, 1 failed; the column status says"
                + " why.");
  }

  @Test
  void rank_anyOrderOfArrival_isTheSame() {
    List<CandidateResult> results =
        new ArrayList<>(List.of(GOOD, TIED, BROKEN, PLAIN, SMALL, FAILED));
    String expected = LeaderboardCsv.write(board());

    for (int i = 0; i < 20; i++) {
      Collections.shuffle(results, new Random(i));
      assertThat(LeaderboardCsv.write(board(MAJORITY, results.toArray(CandidateResult[]::new))))
          .isEqualTo(expected);
    }
  }

  @Test
  void rank_baselineThatWins_isOnTopAndTheSummarySaysSo() {
    BaselineResult strong = baseline(Baseline.RANDOM_FOREST, 0.99, 1, 1, 1, 1, .99);

    Leaderboard leaderboard = board(strong, GOOD, TIED);

    assertThat(ids(leaderboard)).containsExactly("random-forest", "3", "1");
    assertThat(Summary.of(leaderboard))
        .contains(
            "The search does NOT beat the best baseline (random forest, 0.9980): it is 0.0780"
                + " behind; p 0.003.",
            "Take the baseline random forest: every candidate is worse.");
  }

  @Test
  void rank_logLoss_smallerIsFirst() {
    Leaderboard leaderboard =
        Leaderboard.of(
            Metric.LOG_LOSS, VALIDATE, NAMES, List.of(GOOD, TIED, PLAIN, SMALL), List.of(MAJORITY));

    assertThat(ids(leaderboard)).containsExactly("majority", "1", "3", "5", "0");
  }

  @Test
  void compare_bestRow_isTiedWithWhatTheFoldsDoNotTellApart() {
    List<Leaderboard.RankedRow> rows = board().rows();

    assertThat(rows.get(0).pValue()).isNaN();
    assertThat(rows.get(0).tied()).isTrue();
    assertThat(rows.get(1).tied()).isTrue();
    assertThat(rows.get(2).tied()).isNull();
    assertThat(rows.get(5).tied()).isFalse();
    assertThat(rows.get(5).pValue()).isLessThan(0.001);
  }

  /** A mean over fewer folds would be a number about other rows. */
  @Test
  void row_failedFold_hasNoMean() {
    LeaderboardRow row = board().rows().get(2).row();

    assertThat(row.status()).isEqualTo("incomplete: fold 2: loss became NaN in epoch 2");
    assertThat(row.folds()).isNull();
  }

  @Test
  void csv_board_isTheGoldenFile() throws IOException {
    try (var golden = LeaderboardTest.class.getResourceAsStream("/leaderboard.csv")) {
      assertThat(LeaderboardCsv.write(board()))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void json_board_hasTheSameNumbers() throws IOException {
    JsonNode json = new ObjectMapper().readTree(LeaderboardJson.write(board()));

    assertThat(json.get("metric").asText()).isEqualTo("accuracy");
    assertThat(json.get("rows")).hasSize(7);
    JsonNode best = json.get("rows").get(0);
    assertThat(best.get("cv").get("mean").asDouble())
        .isEqualTo(GOOD.foldScores().orElseThrow().mean());
    assertThat(best.get("mc_dropout").get("added_rate").asDouble()).isEqualTo(0.5);
    assertThat(best.get("metrics").get("log-loss").get("cv_mean").asDouble())
        .isCloseTo(0.08, within(1e-15));
    assertThat(best.get("metrics").get("accuracy").get("test").asDouble()).isEqualTo(0.875);
    assertThat(best.has("than_best")).isFalse();
    JsonNode second = json.get("rows").get(1).get("than_best");
    assertThat(
            second.get("p_lower").asDouble()
                + second.get("p_equivalent").asDouble()
                + second.get("p_higher").asDouble())
        .isCloseTo(1, within(1e-12));
    assertThat(json.get("rope").asDouble()).isEqualTo(0.005);
    assertThat(best.has("p_value")).isFalse();
    assertThat(best.has("search_scores")).isFalse();
    assertThat(json.get("rows").get(4).get("search_scores").toString()).isEqualTo("[0.75,0.875]");
    assertThat(json.get("rows").get(6).get("status").asText())
        .isEqualTo("failed: loss became NaN in epoch 2");
  }

  @Test
  void json_repeatThatFailed_isNull() throws IOException {
    Leaderboard leaderboard = board(MAJORITY, searched(0, 20, 0.75, Double.NaN));

    JsonNode json = new ObjectMapper().readTree(LeaderboardJson.write(leaderboard));

    JsonNode row = json.get("rows").get(1);
    assertThat(row.get("search_scores").toString()).isEqualTo("[0.75,null]");
    assertThat(row.has("search_score")).isFalse();
  }

  @Test
  void summary_board_saysWhatAPersonWouldAsk() {
    assertThat(Summary.of(board()))
        .containsExactly(
            "Best: candidate 3 (dense 20-20 relu), accuracy 0.9200 ± 0.0158 over 5 folds, 95 %"
                + " interval 0.8906 to 0.9494.",
            "It beats the best baseline (majority, 0.6100) by 0.3100; p < 0.001.",
            "Take candidate 1, the smallest (121 parameters) of 3, 1, which the folds do not tell"
                + " from the best row.",
            "6 candidates: 4 done, 2 failed; the column status says why.",
            "Without dropout of their own, trained once more with it for MC dropout: 3 (rate 0.5),"
                + " 1 (rate 0.5), 4 (rate 0.5).");
  }

  @Test
  void summary_baselineWithinReach_isNamed() {
    Leaderboard leaderboard =
        board(baseline(Baseline.LOGISTIC_REGRESSION, 0.9, .91, .93, .92, .91, .92), GOOD);

    assertThat(Summary.of(leaderboard))
        .contains(
            "It is NOT significantly better than the best baseline (logistic regression, 0.9180),"
                + " by 0.0020; p 0.830, practically the same with probability 0.39.",
            "Take candidate 3: by the test, no other candidate of the gauntlet is as good.",
            "Not told from the best row either: logistic regression. Maybe that is all it takes.");
  }

  /** A fit that failed is a row with its cause, among the others, and no mean over fewer folds. */
  @Test
  void row_failedFitOfABaseline_isIncomplete() {
    Leaderboard leaderboard =
        board(
            baseline(Baseline.RANDOM_FOREST, 0.7, .9, Double.NaN, .9, .9, .9), GOOD, BROKEN, PLAIN);

    assertThat(ids(leaderboard)).containsExactly("3", "4", "0", "random-forest");
    LeaderboardRow row = leaderboard.rows().get(3).row();
    assertThat(row.status()).isEqualTo("incomplete: fold 2: out of memory");
    assertThat(row.folds()).isNull();
    assertThat(Summary.of(leaderboard))
        .contains(
            "3 candidates: 2 done, 1 failed; the column status says why.",
            "1 baseline: 0 done, 1 failed; the column status says why.");
  }

  /** The best row is a baseline, another baseline and one candidate are within its reach. */
  @Test
  void summary_baselineThatIsBest_isNotSaidToBeWithinItsOwnReach() {
    Leaderboard leaderboard =
        Leaderboard.of(
            Metric.ACCURACY,
            VALIDATE,
            NAMES,
            List.of(GOOD),
            List.of(
                baseline(Baseline.LOGISTIC_REGRESSION, 0.9, .91, .93, .92, .93, .93),
                baseline(Baseline.RANDOM_FOREST, 0.9, .92, .90, .93, .91, .92)));

    assertThat(ids(leaderboard).get(0)).isEqualTo("logistic-regression");
    assertThat(Summary.of(leaderboard))
        .contains(
            "Take candidate 3, the only one that the folds do not tell from the best row.",
            "Not told from the best row either: random forest. Maybe that is all it takes.");
  }

  /** Without its last training there is no model to take. */
  @Test
  void summary_winnerWithoutModel_isNotRecommended() {
    CandidateResult unsaved =
        new CandidateResult(
            TIED.candidate(),
            TIED.search(),
            TIED.folds(),
            RATIO,
            result(Kind.FINAL, TIED.candidate(), 0, Double.NaN, null));

    assertThat(Summary.of(board(MAJORITY, GOOD, unsaved)))
        .contains("Take candidate 3: by the test, no other candidate of the gauntlet is as good.");
  }

  /** In a metric without bounds 0.005 is half a per cent of the best row's mean. */
  @Test
  void compare_logLoss_hasARelativeRegion() {
    Leaderboard leaderboard =
        Leaderboard.of(Metric.LOG_LOSS, VALIDATE, NAMES, List.of(GOOD, TIED), List.of(MAJORITY));

    assertThat(leaderboard.rope()).isCloseTo(0.005 * 0.61, within(1e-15));
  }

  @Test
  void csv_textThatLooksLikeAFormula_isNeutral() {
    CandidateResult plain = searched(7, 8, 0.5);
    Candidate made = plain.candidate();
    var named =
        new Candidate(
            7, made.point(), made.network(), "=cmd|' /C calc'!A0", 121, made.chosen(), null);
    var row = new CandidateResult(named, plain.search(), List.of(), RATIO, null);

    assertThat(LeaderboardCsv.write(board(MAJORITY, row))).contains(",'=cmd|' /C calc'!A0,121,");
    for (String formula : List.of("=1", "+a", "-a", "@a", "-1+2", "\ta", "\ra", "+")) {
      assertThat(Cells.neutral(formula)).isEqualTo("'" + formula);
    }
    for (String harmless : List.of("", "a=1", "-1", "+1", "-0.5", "+1e-3", "1-2")) {
      assertThat(Cells.neutral(harmless)).isEqualTo(harmless);
    }
  }

  @Test
  void parquet_board_hasTheCellsOfTheCsvWithTheirTypes() throws IOException {
    Path file = Files.createTempFile("leaderboard", ".parquet");
    Files.write(file, LeaderboardParquet.write(board()));
    List<String> lines = LeaderboardCsv.write(board()).lines().toList();
    var path = new org.apache.hadoop.fs.Path(file.toUri());

    try (var reader = ParquetReader.builder(new GroupReadSupport(), path).build()) {
      Group best = reader.read();
      assertThat(best.getType().getFields().stream().map(Type::getName))
          .containsExactly(lines.get(0).split(","));
      assertThat(best.getLong("rank", 0)).isEqualTo(1);
      assertThat(best.getDouble("cv_mean", 0)).isEqualTo(0.92);
      assertThat(best.getBoolean("winner", 0)).isTrue();
      assertThat(best.getString("network", 0)).isEqualTo("dense 20-20 relu");
      assertThat(best.getLong("hp.network.units", 0)).isEqualTo(20);
      assertThat(best.getFieldRepetitionCount("p_value")).isZero();
      assertThat(best.getType().getFields())
          .filteredOn(field -> field.getName().equals("hp.optimizer.type"))
          .allMatch(field -> field.asPrimitiveType().getLogicalTypeAnnotation() != null);
      int rows = 1;
      while (reader.read() != null) {
        rows++;
      }
      assertThat(rows).isEqualTo(7);
    }
    assertThat(LeaderboardParquet.write(board())).isEqualTo(Files.readAllBytes(file));
    try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .containsEntry("metric", "accuracy")
          .containsEntry("direction", "maximize");
    }
    Files.delete(file);
  }

  @Test
  void page_columns_areThoseThatThereAre() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/leaderboard.md"));
    int start = page.indexOf("## Columns");
    String table = page.substring(start, page.indexOf("\n## ", start));
    List<String> documented =
        Pattern.compile("^\\| `([a-z_.]+)`(\\*[a-z]+\\*)? \\|", Pattern.MULTILINE)
            .matcher(table)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(
            LeaderboardColumns.of(board()).stream()
                .map(column -> column.name().replaceFirst("^(fold_|hp\\.).*", "$1"))
                .distinct())
        .containsExactlyElementsOf(documented);
  }

  @Test
  void text_board_showsEveryShownRow() {
    String text = LeaderboardText.write(board());

    assertThat(text).contains("0.9200 ± 0.0158", "incomplete", "baseline", "0.8750");
    assertThat(Arrays.stream(text.split("\n")).mapToInt(String::length).max().orElseThrow())
        .isLessThan(160);
  }

  /**
   * Before JDK 19, Double.toString gives some numbers digits that they do not need, 2.0E-3 among
   * them.
   */
  @Test
  void numbers_anyDouble_roundTrip() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertThat(Double.parseDouble(Decimals.of(value))).isEqualTo(value);
      }
    }
    assertThat(Decimals.of(2.0E-3)).isEqualTo("0.002");
    assertThat(Decimals.of(2e22)).isEqualTo("2.0E22");
    assertThat(Decimals.of(Double.NaN)).isEmpty();
  }
}
