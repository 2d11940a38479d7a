package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.SearchConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridStrategyTest extends AbstractSearchStrategyTest {
  @Override
  SearchConfig config() {
    return TestSpaces.config(
        TestSpaces.CONDITIONAL,
        "search.strategy=grid",
        "search.grid-steps=2",
        "search.candidates=1000");
  }

  /**
   * 2 depths x 2 widths x 2 penalties x 2 batch sizes x (2 rates x 2 momenta of SGD + 2 rates of
   * Adam), where the full grid has 256 points: those that differ only in what is not chosen are
   * one.
   */
  @Test
  void size_conditionalParameters_countOnce() {
    assertThat(space().gridSize(2)).isEqualTo(256);
    assertThat(strategy(space()).size()).isEqualTo(2 * 2 * 2 * 2 * (2 * 2 + 2));
  }

  @Test
  void candidates_ends_areInTheGrid() {
    SearchSpace space = space();
    List<Object> rates =
        Strategies.candidates(strategy(space), space).stream()
            .map(candidate -> candidate.hyperparameters().get("optimizer.learning-rate"))
            .distinct()
            .toList();

    assertThat(rates.stream().map(rate -> Math.round((Double) rate * 1e6)).toList())
        .containsExactlyInAnyOrder(1000L, 300000L, 100L, 30000L);
  }

  @Test
  void grid_largerThanTheBudget_isRefusedWithItsSize() {
    SearchConfig config = TestSpaces.config(TestSpaces.CONDITIONAL, "search.strategy=grid");

    assertThatThrownBy(() -> Strategies.of(config.search(), space(), null))
        .isInstanceOf(dev.gauntlet.config.InvalidInputException.class)
        .hasMessageContaining("search.candidates: the grid has ")
        .hasMessageContaining("; the rule: at most 20. Maybe fewer values");
  }

  /** 10^18 points: counted, not made. */
  @Test
  void grid_thatOverflows_isRefusedAtOnce() {
    SearchConfig config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "search.strategy=grid",
            "search.grid-steps=1000",
            "space.network.units={min: 1, max: 60000}",
            "space.network.dropout={min: 0, max: 0.5}");

    assertThatThrownBy(() -> Strategies.of(config.search(), space(config), null))
        .hasMessageContaining("the grid has 12000000000000000000 candidates");
  }

  private static SearchSpace space(SearchConfig config) {
    return new SearchSpace(config.space(), 30, 2);
  }

  @Test
  void grid_ofOnePoint_hasOneCandidate() {
    SearchConfig config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "search.strategy=grid",
            "space.network={type: dense, layers:" + " 1, units: 8}",
            "space.optimizer={type: adam}",
            "space.training={}");

    assertThat(Strategies.of(config.search(), space(config), null).size()).isEqualTo(1);
  }
}
