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

  @Test
  void of_scheduleOfAnOptimizer_namesBoth() {
    var config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "space.optimizer={choice: [{type: sgd, schedule: {choice: [none, step]}}, adam]}");

    assertThat(Dimension.of(config.space()))
        .contains(
            new Dimension("optimizer.schedule.type", "sgd", "choice", "none, step"),
            new Dimension("optimizer.schedule.factor", "sgd, step", "fixed", "0.5"));
  }

  /** These are the columns of the leaderboard. */
  @Test
  void varying_fixedValues_areLeftOut() {
    var config = TestSpaces.config(TestSpaces.CONDITIONAL);

    assertThat(Dimension.varying(config.space()))
        .containsExactly(
            "network.layers",
            "network.units",
            "network.l2",
            "optimizer.type",
            "optimizer.learning-rate",
            "optimizer.momentum",
            "training.batch-size");
  }

  @Test
  void varying_differentFixedValuesOfTwoOptimizers_areThere() {
    var config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "space.network=linear",
            "space.training={}",
            "space.optimizer={choice: [{type: sgd, learning-rate: 0.1}, adam, amsgrad]}");

    assertThat(Dimension.varying(config.space()))
        .containsExactly("optimizer.type", "optimizer.learning-rate");
  }

  @Test
  void of_stepsBlocksAndOwnUnits_areNamedAndDescribed() {
    var config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "space.network={type: dense, layers: {min: 1, max: 5, step: 2}, units: {min: 4, max: 8},"
                + " widths: independent, dropout: {min: 0, max: 0.5, step: 0.1}}");
    var blocks =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "space.network={type: convolutional, blocks: [{}, {filters: {choice: [8, 16]}}]}");

    assertThat(Dimension.of(config.space()))
        .contains(
            new Dimension("network.layers", "", "integer", "1 to 5, step 2"),
            new Dimension("network.units.5", "", "integer", "4 to 8"),
            new Dimension("network.dropout", "", "steps", "0 to 0.5, step 0.1"))
        .noneMatch(dimension -> dimension.path().equals("network.units"));
    assertThat(Dimension.of(blocks.space()))
        .contains(new Dimension("network.blocks[1].filters", "", "choice", "8, 16"));
  }
}
