package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import org.junit.jupiter.api.Test;

class RandomStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "random";
  }

  /** Log-uniform: each decade equally likely. */
  @Test
  void candidates_logRange_fillsDecadesEvenly() {
    SearchConfig config = config(TestSpaces.CONDITIONAL, "search.candidates=4000");
    SearchSpace space = space(config);
    int[] decades = new int[4];
    for (Attempt attempt : new Search(config, space).next()) {
      double l2 = (Double) space.hyperparameters(attempt.point()).get("network.l2");
      assertThat(l2).isBetween(1e-6, 1e-2);
      decades[Math.min(3, (int) Math.floor(Math.log10(l2) + 6))]++;
    }

    // Binomial with p 1/4: a standard deviation is 27.
    for (int decade : decades) {
      assertThat(decade).isBetween(1000 - 110, 1000 + 110);
    }
  }

  @Test
  void next_smallSpace_saysThatItIsExhausted() {
    SearchConfig config =
        config(
            TestSpaces.CONDITIONAL,
            "space.network={type: dense, layers: 1}",
            "space.optimizer=adam",
            "space.training={}");
    Search search = new Search(config, space(config));

    assertThat(search.next()).hasSize(4);
    assertThat(search.note())
        .hasValueSatisfying(note -> assertThat(note).contains("its 4 candidates"));
  }

  /** Nothing ended early: these are all that were asked for. */
  @Test
  void next_asManyCandidatesAsThereAre_saysNothing() {
    SearchConfig config =
        config(
            TestSpaces.CONDITIONAL,
            "space.network={type: dense, layers: 1}",
            "space.optimizer=adam",
            "space.training={}",
            "search.candidates=4");
    Search search = new Search(config, space(config));

    assertThat(search.next()).hasSize(4);
    assertThat(search.next()).isEmpty();
    assertThat(search.note()).isEmpty();
  }
}
