package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import org.junit.jupiter.api.Test;

class RandomStrategyTest extends AbstractSearchStrategyTest {
  @Override
  SearchConfig config() {
    return TestSpaces.config(TestSpaces.CONDITIONAL, "search.candidates=50");
  }

  @Test
  void candidates_largerBudget_keepsTheFirstOnes() {
    SearchSpace space = space();
    SearchStrategy small = strategy(space);
    var large = new RandomStrategy(space.dimensions(), 500, new Seed(1).derive("random"));

    for (int i = 0; i < small.size(); i++) {
      assertThat(large.point(i)).isEqualTo(small.point(i));
    }
  }

  @Test
  void candidates_seed_decides() {
    SearchSpace space = space();

    assertThat(Strategies.of(config().search(), space, new Seed(2)).point(0))
        .isNotEqualTo(strategy(space).point(0));
  }

  /** Log-uniform: each decade equally likely. */
  @Test
  void candidates_logRange_fillsDecadesEvenly() {
    SearchSpace space = space();
    var strategy = new RandomStrategy(space.dimensions(), 4000, new Seed(5));
    int[] decades = new int[4];
    for (Candidate candidate : Strategies.candidates(strategy, space)) {
      double l2 = (Double) candidate.hyperparameters().get("network.l2");
      assertThat(l2).isBetween(1e-6, 1e-2);
      decades[Math.min(3, (int) Math.floor(Math.log10(l2) + 6))]++;
    }

    // Binomial with p 1/4: a standard deviation is 27.
    for (int decade : decades) {
      assertThat(decade).isBetween(1000 - 110, 1000 + 110);
    }
  }
}
