package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What every strategy must keep. */
abstract class AbstractSearchStrategyTest {
  /** 2 x 2 x 3 = 12 points, of 9 epochs. */
  static final String SMALL =
      """
      data: {path: x.csv, label: label}
      space:
        network: {type: dense, layers: {choice: [1, 2]}, units: {choice: [8, 16]}}
        optimizer: {type: adam, learning-rate: {choice: [0.1, 0.01, 0.001]}}
        training: {epochs: 9}
      """;

  /** The YAML of {@code search.strategy}. */
  abstract String strategy();

  /** Whether the search ends before its budget, and where another seed gives the same. */
  boolean isGrid() {
    return false;
  }

  SearchConfig config(String yaml, String... overrides) {
    List<String> all = new ArrayList<>(List.of("search.strategy=" + strategy()));
    all.addAll(List.of(overrides));
    return TestSpaces.config(yaml, all.toArray(String[]::new));
  }

  private SearchConfig config(int candidates, String... overrides) {
    List<String> all = new ArrayList<>(List.of("search.candidates=" + candidates));
    all.addAll(List.of(overrides));
    return config(TestSpaces.CONDITIONAL, all.toArray(String[]::new));
  }

  static SearchSpace space(SearchConfig config) {
    return new SearchSpace(config.space(), 30, 2);
  }

  static List<Attempt> attempts(SearchConfig config, ToDoubleFunction<Attempt> cost) {
    return attempts(config, cost, new Random(0));
  }

  /** All attempts of a search, in order; costs are told in an order of their own. */
  private static List<Attempt> attempts(
      SearchConfig config, ToDoubleFunction<Attempt> cost, Random order) {
    Search search = new Search(config, space(config));
    List<Attempt> attempts = new ArrayList<>();
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      attempts.addAll(round);
      List<Attempt> arriving = new ArrayList<>(round);
      Collections.shuffle(arriving, order);
      arriving.forEach(attempt -> search.tell(attempt, cost.applyAsDouble(attempt)));
    }
    return attempts;
  }

  private static double distance(Attempt attempt) {
    return Arrays.stream(attempt.point()).map(x -> (x - 0.3) * (x - 0.3)).sum();
  }

  private static List<String> texts(List<Attempt> attempts) {
    return attempts.stream()
        .map(one -> one.candidate() + Arrays.toString(one.point()) + one.from() + "-" + one.until())
        .toList();
  }

  @Test
  void points_lieInTheUnitCube() {
    SearchConfig config = config(200);
    int dimensions = space(config).dimensions();

    for (Attempt attempt : attempts(config, AbstractSearchStrategyTest::distance)) {
      assertThat(attempt.point()).hasSize(dimensions);
      for (double coordinate : attempt.point()) {
        assertThat(coordinate).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void attempts_sameSeedAnyOrderOfCosts_areTheSame() {
    List<String> expected =
        texts(attempts(config(200), AbstractSearchStrategyTest::distance, new Random(1)));

    assertThat(texts(attempts(config(200), AbstractSearchStrategyTest::distance, new Random(2))))
        .isEqualTo(expected);
    List<String> other =
        texts(attempts(config(200, "seed=2"), AbstractSearchStrategyTest::distance));
    assertThat(other.equals(expected)).isEqualTo(isGrid());
  }

  /** What is asked again, without anything else, is proposed again. */
  @Test
  void propose_askedTwice_isTheSame() {
    SearchConfig config = config(200);
    SearchStrategy strategy = Strategies.of(config, space(config));
    List<Evaluated> history = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      List<Proposal> proposals = strategy.propose(history);
      List<Proposal> again = Strategies.of(config, space(config)).propose(history);
      assertThat(again).usingRecursiveComparison().isEqualTo(proposals);
      assertThat(strategy.propose(history)).usingRecursiveComparison().isEqualTo(proposals);
      proposals.forEach(
          one -> history.add(new Evaluated(one.point(), one.share(), one.point()[0])));
    }
  }

  @Test
  void candidates_areDistinctAndNumberedInOrder() {
    SearchConfig config = config(200);
    SearchSpace space = space(config);
    Map<Object, Integer> ids = new HashMap<>();
    Map<Integer, Integer> trained = new HashMap<>();
    for (Attempt attempt : attempts(config, AbstractSearchStrategyTest::distance)) {
      Object values = space.hyperparameters(attempt.point());
      assertThat(ids.computeIfAbsent(values, key -> ids.size())).isEqualTo(attempt.candidate());
      assertThat(trained.getOrDefault(attempt.candidate(), 0)).isEqualTo(attempt.from());
      assertThat(attempt.until()).isGreaterThan(attempt.from()).isLessThanOrEqualTo(40);
      trained.put(attempt.candidate(), attempt.until());
    }
    assertThat(ids).hasSizeLessThanOrEqualTo(200);
    if (!isGrid()) {
      assertThat(ids).hasSizeGreaterThan(190);
      assertThat(trained).containsValue(40);
    }
  }

  @Test
  void candidates_largerBudget_keepsTheFirstOnes() {
    Map<Integer, double[]> small = points(config(isGrid() ? 200 : 60));
    Map<Integer, double[]> large = points(config(200));

    small.forEach((id, point) -> assertThat(large.get(id)).isEqualTo(point));
  }

  private static Map<Integer, double[]> points(SearchConfig config) {
    Map<Integer, double[]> points = new HashMap<>();
    attempts(config, AbstractSearchStrategyTest::distance)
        .forEach(attempt -> points.put(attempt.candidate(), attempt.point()));
    return points;
  }

  @Test
  void budgets_areKeptExactly() {
    if (isGrid()) {
      return; // A grid beyond a budget is an error.
    }
    for (String budget : List.of("search.max-trials=31", "search.max-epochs=700")) {
      SearchConfig config = config(200, budget, "search.repeats=2");
      Search search = new Search(config, space(config));
      for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
        round.forEach(attempt -> search.tell(attempt, distance(attempt)));
      }
      boolean trials = budget.contains("trials");
      assertThat(trials ? search.spent().trials() : search.spent().epochs())
          .isBetween(trials ? 30L : 700L - 79, trials ? 30L : 700L);
      assertThat(search.note().orElse("")).contains("search.max-");
    }
  }

  @Test
  void smallSpace_isTrainedOnce() {
    SearchConfig config = config(SMALL, "search.candidates=100");

    Set<String> trained = new HashSet<>();
    List<Attempt> attempts = attempts(config, AbstractSearchStrategyTest::distance);
    attempts.forEach(one -> trained.add(one.candidate() + ":" + one.until()));

    assertThat(attempts).hasSameSizeAs(trained);
    assertThat(attempts.stream().map(Attempt::candidate).distinct()).hasSizeBetween(8, 12);
  }

  @Test
  void failures_doNotEndTheSearch() {
    for (double failure : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      List<Attempt> attempts = attempts(config(100), attempt -> failure);

      assertThat(attempts).hasSizeGreaterThan(isGrid() ? 90 : 95);
      assertThat(attempts).allMatch(attempt -> attempt.from() == 0);
    }
  }
}
