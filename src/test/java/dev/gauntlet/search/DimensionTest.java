package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DimensionTest {

  @Test
  void of_conditionalSpace_namesKindRangeAndCondition() {
    assertThat(Dimension.of(TestSpaces.config(TestSpaces.CONDITIONAL).space()))
        .contains(
            new Dimension("network.layers", "", "integer", "1 to 3"),
            new Dimension("network.units", "", "choice", "8, 16"),
            new Dimension("network.activation", "", "fixed", "relu"),
            new Dimension("network.l2", "", "log", "0.000001 to 0.01"),
            new Dimension("optimizer.type", "", "choice", "sgd, adam"),
            new Dimension("optimizer.learning-rate", "sgd", "log", "0.001 to 0.3"),
            new Dimension("optimizer.momentum", "sgd", "choice", "0, 0.9"),
            new Dimension("optimizer.learning-rate", "adam", "log", "0.0001 to 0.03"),
            new Dimension("training.batch-size", "", "integer, log", "16 to 64"));
  }

  @Test
  void of_oneOptimizer_hasNoCondition() {
    var config = TestSpaces.config(TestSpaces.CONDITIONAL, "space.optimizer={type: adam}");

    assertThat(Dimension.of(config.space()))
        .contains(
            new Dimension("optimizer.type", "", "fixed", "adam"),
            new Dimension("optimizer.learning-rate", "", "fixed", "0.001"));
  }

  /** The columns of the leaderboard have the same names. */
  @Test
  void of_anySpace_hasThePathsOfHyperparameters() {
    var config = TestSpaces.config(TestSpaces.CONDITIONAL);

    assertThat(Dimension.of(config.space()).stream().map(Dimension::path).distinct())
        .containsExactlyElementsOf(new SearchSpace(config.space(), 4, 2).hyperparameters());
  }
}
