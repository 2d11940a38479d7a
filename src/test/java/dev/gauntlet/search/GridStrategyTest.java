package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "{type: grid, steps: 2}";
  }

  @Override
  boolean isGrid() {
    return true;
  }

  private static SearchConfig grid(String... overrides) {
    List<String> all = new java.util.ArrayList<>(List.of("search.strategy=grid"));
    all.addAll(List.of(overrides));
    return TestSpaces.config(TestSpaces.CONDITIONAL, all.toArray(String[]::new));
  }

  /**
   * 2 depths x 2 widths x 2 penalties x 2 batch sizes x (2 rates x 2 momenta of SGD + 2 rates of
   * Adam), where the full grid has 256 points: those that differ only in what is not chosen are
   * one.
   */
  @Test
  void size_conditionalParameters_countOnce() {
    SearchConfig config = config(TestSpaces.CONDITIONAL, "search.candidates=1000");

    assertThat(space(config).gridSize(2)).isEqualTo(256);
    assertThat(new Search(config, space(config)).next()).hasSize(2 * 2 * 2 * 2 * (2 * 2 + 2));
  }

  @Test
  void candidates_ends_areInTheGrid() {
    SearchConfig config = config(TestSpaces.CONDITIONAL, "search.candidates=1000");
    SearchSpace space = space(config);
    List<Object> rates =
        new Search(config, space)
            .next().stream()
                .map(one -> space.hyperparameters(one.point()).get("optimizer.learning-rate"))
                .distinct()
                .toList();

    assertThat(rates.stream().map(rate -> Math.round((Double) rate * 1e6)).toList())
        .containsExactlyInAnyOrder(1000L, 300000L, 100L, 30000L);
  }

  @Test
  void grid_largerThanABudget_isRefusedWithItsSize() {
    refused(grid(), "search.candidates: the grid has 2250 candidates; the rule: at most 20. Maybe");
    refused(
        grid("search.candidates=3000", "search.repeats=2", "search.max-trials=4499"),
        "search.max-trials: the grid has 4500 trials; the rule: at most 4499. Maybe");
    refused(
        grid("search.candidates=3000", "search.max-epochs=89999"),
        "search.max-epochs: the grid has 90000 epochs; the rule: at most 89999. Maybe");
  }

  private static void refused(SearchConfig config, String message) {
    assertThatThrownBy(() -> new Search(config, space(config)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  /** 10^18 points: counted, not made. */
  @Test
  void grid_thatOverflows_isRefusedAtOnce() {
    SearchConfig config =
        grid(
            "search.strategy={type: grid, steps: 1000}",
            "space.network.units={min: 1, max: 60000}",
            "space.network.dropout={min: 0, max: 0.5}");

    refused(config, "search.candidates: the grid has 12000000000000000000 candidates");
  }

  @Test
  void grid_ofOnePoint_hasOneCandidate() {
    SearchConfig config =
        grid(
            "space.network={type: dense, layers: 1, units: 8}",
            "space.optimizer={type: adam}",
            "space.training={}");

    assertThat(new Search(config, space(config)).next()).hasSize(1);
  }
}
