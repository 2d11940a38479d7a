package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.Workload.Part;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Workload WORKLOAD =
      new Workload(
          new Part(24, 720, 60), new Part(30, 900, 30), new Part(3, 90, 30), new Part(2, 60, 30));

  /** (720 / 4 + 60 x 3/4) x 0.5; ((900 x 1.2 + 90 + 60) / 4 + 60 x 3/4) x 0.5. */
  @Test
  void estimate_byHand_isTheBoundOfGraham() {
    Estimate estimate = Estimate.of(WORKLOAD, 0.5, 1.2, 4);

    assertThat(estimate.search()).isCloseTo(112.5, within(1e-9));
    assertThat(estimate.gauntlet()).isCloseTo(176.25, within(1e-9));
    assertThat(estimate.total()).isCloseTo(288.75, within(1e-9));
  }

  /** Two rounds with a training of 30 epochs each; a last trial of twice 30. */
  @Test
  void estimate_moreSlotsThanTrials_waitsForTheLongest() {
    Estimate estimate = Estimate.of(WORKLOAD, 1, 1, 1_000_000);

    assertThat(estimate.search()).isCloseTo(60, within(1e-2));
    assertThat(estimate.gauntlet()).isCloseTo(60, within(1e-2));
  }

  @Test
  void total_sumsTrainingsAndEpochs() {
    assertThat(WORKLOAD.total()).isEqualTo(new Part(59, 1770, 150));
  }
}
