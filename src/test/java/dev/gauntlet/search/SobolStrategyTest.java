package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SobolStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "sobol";
  }

  /** The first 64 points have one in each 64th of a coordinate; the shift moves all alike. */
  @Test
  void points_fillEachCoordinateEvenly() {
    List<Proposal> points = new SobolStrategy(5, new Seed(3)).propose(new ArrayList<>());

    for (int c = 0; c < 5; c++) {
      int coordinate = c;
      double[] sorted =
          points.stream().mapToDouble(one -> one.point()[coordinate]).sorted().toArray();
      for (int i = 1; i < sorted.length; i++) {
        assertThat(sorted[i] - sorted[i - 1]).isBetween(1 / 64.0 - 1e-9, 1 / 64.0 + 1e-9);
      }
    }
  }

  @Test
  void space_ofTooManyDimensions_isRefused() {
    assertThatThrownBy(() -> new SobolStrategy(1001, new Seed(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "search.strategy: sobol in a space of 1001 dimensions; the rule: at most 1000. Maybe"
                + " random.");
  }
}
