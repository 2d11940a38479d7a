package dev.gauntlet.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.leaderboard.Importance.Tried;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportancesTest {
  private static final SearchConfig CONFIG = TestSpaces.config(TestSpaces.CONDITIONAL);
  private static final ValidateConfig VALIDATE =
      TestSpaces.config(TestSpaces.CONDITIONAL).validate();
  private static final SearchSpace SPACE = new SearchSpace(CONFIG.space(), 4, 2);

  /** Remembers what it is asked; the first column has 0.75 of the importance, the last the rest. */
  private static final class Fixed implements Forest {
    private double[][] points;
    private int[] categories;
    private double[] targets;

    @Override
    public double[] importance(double[][] points, int[] categories, double[] targets) {
      this.points = points;
      this.categories = categories;
      this.targets = targets;
      double[] shares = new double[categories.length];
      shares[0] = 0.25;
      shares[shares.length - 1] = 0.75000000001;
      return shares;
    }
  }

  private static List<CandidateResult> searched(int count, ToDoubleFunction<Candidate> score) {
    Random random = new Random(7);
    List<CandidateResult> results = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      Candidate candidate = SPACE.candidate(id, random.doubles(SPACE.dimensions()).toArray());
      double reached = score.applyAsDouble(candidate);
      var trial = new Trial(Trial.Kind.SEARCH, candidate, 0);
      results.add(
          new CandidateResult(
              candidate,
              List.of(
                  Double.isNaN(reached)
                      ? TrialResult.failed(trial, "loss became NaN in epoch 2")
                      : new TrialResult(
                          trial.kind(),
                          id,
                          0,
                          1,
                          "dl4j",
                          "cpu",
                          new Outcome(null, reached, 1, 1, null, null, null),
                          1,
                          "",
                          "")),
              List.of(),
              1,
              null));
    }
    return results;
  }

  private static double units(Candidate candidate) {
    return candidate.point().network().toString().contains("value=16") ? 0.9 : 0.8;
  }

  private static List<Importance> of(Forest forest, List<CandidateResult> results) {
    return Importances.of(Metric.ACCURACY, SPACE.hyperparameters(), results, forest);
  }

  private static Importance named(String name, List<Importance> all) {
    return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void of_trials_namesWhatVariesMostImportantFirst() {
    List<Importance> all = of(new Fixed(), searched(40, ImportancesTest::units));

    assertThat(all)
        .extracting(Importance::name)
        .startsWith("training.batch-size", "network.layers")
        .contains("network.units", "network.l2", "optimizer.type", "optimizer.momentum")
        .doesNotContain("network.activation", "training.epochs");
    assertThat(all.get(0).importance()).isEqualTo(0.75);
  }

  /** A candidate of one epoch is worse than it would be: that says nothing of its learning rate. */
  @Test
  void of_candidatesOfDifferentStages_leavesOutWhatTheStageExplains() {
    List<CandidateResult> results = searched(40, ImportancesTest::units);
    CandidateResult first = results.get(0);
    TrialResult one = first.search().get(0);
    var longer =
        new TrialResult(
            one.kind(), 0, 0, 2, "dl4j", "cpu", one.outcome(), one.seconds(), one.host(), "");
    results.set(0, new CandidateResult(first.candidate(), List.of(longer), List.of(), 1, null));
    var forest = new Fixed();

    List<Importance> all = of(forest, results);

    assertThat(forest.categories).hasSize(all.size() + 1);
    assertThat(Arrays.stream(forest.points).mapToDouble(row -> row[row.length - 1]).distinct())
        .hasSize(2);
    assertThat(all.get(0).name()).isEqualTo("network.layers");
    assertThat(all.get(0).importance()).isEqualTo(1);
  }

  @Test
  void best_choice_isTheValueWithTheBestMedian() {
    List<CandidateResult> results = searched(40, ImportancesTest::units);
    long wide =
        results.stream()
            .filter(result -> result.candidate().hyperparameters().get("network.units").equals(16))
            .count();

    Importance units = named("network.units", of(new Fixed(), results));

    assertThat(units.best()).isEqualTo(16);
    assertThat(units.values())
        .containsExactly(new Tried(16, (int) wide, 0.9), new Tried(8, 40 - (int) wide, 0.8));
    assertThat(units.low()).isNaN();
  }

  /** The penalty is the score: the best quarter are the ten largest. */
  @Test
  void best_range_isTheBestCandidatesAndTheQuartilesOfTheBestQuarter() {
    List<CandidateResult> results =
        searched(40, candidate -> (Double) candidate.hyperparameters().get("network.l2"));
    double[] sorted = results.stream().mapToDouble(CandidateResult::searchScore).sorted().toArray();

    Importance penalty = named("network.l2", of(new Fixed(), results));

    assertThat(penalty.best()).isEqualTo(sorted[39]);
    assertThat(penalty.values()).isEmpty();
    // Of sorted[30] to sorted[39], as numpy.quantile.
    assertThat(penalty.low())
        .isCloseTo(sorted[32] + 0.25 * (sorted[33] - sorted[32]), within(1e-12));
    assertThat(penalty.high())
        .isCloseTo(sorted[36] + 0.75 * (sorted[37] - sorted[36]), within(1e-12));
  }

  /** A loss of 1e30 would decide alone what a forest sees. */
  @Test
  void targets_areRanks() {
    Fixed forest = new Fixed();

    of(forest, searched(40, candidate -> candidate.id() == 3 ? -1e30 : candidate.id()));

    assertThat(Arrays.stream(forest.targets).max().orElseThrow()).isEqualTo(40);
    assertThat(Arrays.stream(forest.targets).min().orElseThrow()).isEqualTo(1);
  }

  /** Momentum belongs to SGD: Adam's is a value below all others. */
  @Test
  void encoding_absentNumber_isBelowTheOthers() {
    Fixed forest = new Fixed();

    List<Importance> all = of(forest, searched(40, ImportancesTest::units));

    List<String> names =
        SPACE.hyperparameters().stream()
            .filter(name -> all.stream().anyMatch(one -> one.name().equals(name)))
            .toList();
    int momentum = names.indexOf("optimizer.momentum");
    assertThat(Arrays.stream(forest.points).map(point -> point[momentum]).distinct())
        .containsExactlyInAnyOrder(-1.0, 0.0, 0.9);
    assertThat(forest.categories[momentum]).isZero();
    assertThat(forest.categories[names.indexOf("optimizer.type")]).isEqualTo(2);
  }

  @Test
  void of_anyOrderOfArrival_isTheSame() {
    List<CandidateResult> results = new ArrayList<>(searched(40, candidate -> candidate.id() % 7));
    Fixed forest = new Fixed();
    List<Importance> expected = of(forest, results);
    double[][] points = forest.points;

    Collections.shuffle(results, new Random(1));

    assertThat(of(forest, results)).isEqualTo(expected);
    assertThat(forest.points).isDeepEqualTo(points);
  }

  @Test
  void of_failedCandidates_leavesThemOut() {
    Fixed forest = new Fixed();

    of(forest, searched(40, candidate -> candidate.id() < 5 ? Double.NaN : candidate.id()));

    assertThat(forest.points).hasNumberOfRows(35);
  }

  @Test
  void of_tooFewOrEqualScores_saysNothing() {
    assertThat(of(null, searched(9, Candidate::id))).isEmpty();
    assertThat(of(null, searched(40, candidate -> 0.5))).isEmpty();
    assertThat(of(null, searched(40, candidate -> candidate.id() < 9 ? 0.5 : Double.NaN)))
        .isEmpty();
  }

  @Test
  void leaderboard_withImportances_writesThem() throws IOException {
    List<CandidateResult> results = searched(40, ImportancesTest::units);
    Leaderboard leaderboard =
        Leaderboard.of(Metric.ACCURACY, VALIDATE, SPACE.hyperparameters(), results, List.of())
            .with(List.of(), of(new Fixed(), results));

    JsonNode json = new ObjectMapper().readTree(LeaderboardJson.write(leaderboard));

    JsonNode units = json.get("hyperparameters").get("network.units");
    assertThat(units.get("importance").asDouble()).isZero();
    assertThat(units.get("best").asInt()).isEqualTo(16);
    assertThat(units.get("values").get(0).get("median_score").asDouble()).isEqualTo(0.9);
    assertThat(units.has("low")).isFalse();
    assertThat(json.get("hyperparameters").get("network.l2").get("low").asDouble()).isPositive();
    assertThat(Summary.of(leaderboard))
        .anyMatch(
            line ->
                line.matches(
                    "What mattered most: training.batch-size \\(75 %; best \\d+"
                        + "\\), network.layers \\(25 %; best \\d\\), network.units \\(0 %; best 16\\)\\."));
  }

  @Test
  void leaderboard_withoutImportances_hasNoKeyForThem() {
    Leaderboard leaderboard =
        Leaderboard.of(
            Metric.ACCURACY,
            VALIDATE,
            SPACE.hyperparameters(),
            searched(9, Candidate::id),
            List.of());

    assertThat(LeaderboardJson.write(leaderboard)).doesNotContain("\"importance\"");
    assertThat(Summary.of(leaderboard)).noneMatch(line -> line.startsWith("What mattered"));
  }
}
