package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TpeStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "tpe";
  }

  /** Steps are numbers with neighbours; units of layers that are not there do not matter. */
  @Test
  void coordinates_ofStepsAndOwnUnits_knowOrderAndUse() {
    SearchConfig config =
        config(
            SMALL,
            "space.network={type: dense, layers: {min: 1, max: 3}, widths: independent,"
                + " units: {min: 8, max: 64, step: 8}, activation: {choice: [relu, tanh]}}",
            "space.optimizer=adam");
    var coordinates = new Coordinates(space(config).arbiter());
    double[] point = new double[coordinates.count()];

    assertThat(IntStream.range(0, point.length).map(coordinates::categories).filter(n -> n > 0))
        .containsExactly(2);
    assertThat(active(coordinates, point)).isEqualTo(point.length - 2);
    Arrays.fill(point, 1);
    assertThat(active(coordinates, point)).isEqualTo(point.length);
  }

  private static int active(Coordinates coordinates, double[] point) {
    int active = 0;
    for (boolean one : coordinates.active(point)) {
      active += one ? 1 : 0;
    }
    return active;
  }
}
