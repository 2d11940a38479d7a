package dev.gauntlet.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.config.Metric;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.McDropoutScore;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialResult.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
  private static final List<String> NAMES =
      List.of("network.layers", "network.units", "optimizer.type", "optimizer.learning-rate");

  private static CandidateResult searched(int id, int units, double... scores) {
    Candidate made = TestSpaces.candidate(4, 2, "space.network.units=" + units);
    var candidate =
        new Candidate(
            id, made.point(), made.network(), made.words(), made.parameters(), made.chosen(), null);
    List<TrialResult> results = new ArrayList<>();
    for (double score : scores) {
      results.add(result(Kind.SEARCH, candidate, results.size(), score, null));
    }
    return new CandidateResult(candidate, results, List.of(), null);
  }

  private static CandidateResult winner(CandidateResult searched, double... folds) {
    List<TrialResult> results = new ArrayList<>();
    for (double fold : folds) {
      results.add(result(Kind.FOLD, searched.candidate(), results.size(), fold, null));
    }
    var saved = new Saved(new byte[0], null, new McDropoutScore(0.9, 0.01, 100, 0.5));
    TrialResult last = result(Kind.FINAL, searched.candidate(), 0, 0.875, saved);
    return new CandidateResult(searched.candidate(), searched.search(), results, last);
  }

  private static CandidateResult stopped(int id, double score) {
    CandidateResult all = searched(id, 8, score);
    TrialResult one = all.search().get(0);
    var early = new Outcome(null, score, 2, 2, null, null);
    var result = new TrialResult(one.kind(), id, 0, 2, "dl4j", early, 1.5, "somewhere");
    return new CandidateResult(all.candidate(), List.of(result), List.of(), null);
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
        new Outcome(null, score, 10, 8, null, saved),
        1.5,
        "somewhere");
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
      new BaselineResult(
          "majority class", 0.62, new FoldScores(new double[] {.6, .62, .61, .6, .62}));

  private static Leaderboard board(BaselineResult baseline, CandidateResult... candidates) {
    return Leaderboard.of(Metric.ACCURACY, 5, NAMES, List.of(candidates), List.of(baseline));
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
    assertThat(ids(board())).containsExactly("3", "1", "4", "5", "0", "majority class", "2");
  }

  /** What a strategy gave up on stands behind what it trained to the end, however good it was. */
  @Test
  void rank_stoppedCandidate_isBehindThoseOfAllEpochs() {
    Leaderboard leaderboard = board(MAJORITY, GOOD, PLAIN, stopped(6, 0.99), FAILED);

    assertThat(ids(leaderboard)).containsExactly("3", "0", "majority class", "6", "2");
    assertThat(leaderboard.rows().get(3).row().status()).isEqualTo("stopped: 2 of 10 epochs");
    assertThat(Summary.of(leaderboard)).contains("The strategy stopped 1 candidate early.");
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
    var strong =
        new BaselineResult("majority class", 0.99, new FoldScores(new double[] {1, 1, 1, 1, .99}));

    Leaderboard leaderboard = board(strong, GOOD, TIED);

    assertThat(ids(leaderboard)).containsExactly("majority class", "3", "1");
    assertThat(Summary.of(leaderboard))
        .anyMatch(line -> line.startsWith("The search does NOT beat the best baseline"));
  }

  @Test
  void rank_logLoss_smallerIsFirst() {
    Leaderboard leaderboard =
        Leaderboard.of(
            Metric.LOG_LOSS, 5, NAMES, List.of(GOOD, TIED, PLAIN, SMALL), List.of(MAJORITY));

    assertThat(ids(leaderboard)).containsExactly("majority class", "1", "3", "5", "0");
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
    assertThat(best.get("mc_dropout").get("retrained_with_rate").asDouble()).isEqualTo(0.5);
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
            "It beats the best baseline (majority class, 0.6100); p < 0.001.",
            "The folds do not tell candidates 3, 1 apart; the smallest of them is 1 (121"
                + " parameters).",
            "2 candidates failed; the column status says why.",
            "Without dropout of their own, trained once more with it for MC dropout: 3 (rate 0.5),"
                + " 1 (rate 0.5), 4 (rate 0.5).");
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
        assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
      }
    }
    assertThat(Numbers.exact(2.0E-3)).isEqualTo("0.002");
    assertThat(Numbers.exact(2e22)).isEqualTo("2.0E22");
    assertThat(Numbers.exact(Double.NaN)).isEmpty();
  }
}
