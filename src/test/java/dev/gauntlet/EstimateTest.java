package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.Workload.Part;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Workload WORKLOAD =
      new Workload(new Part(24, 720), new Part(30, 900), new Part(3, 90), new Part(2, 60));

  /** 720 x 0.5 / 4; (900 x 1.2 + 90 + 60) x 0.5 / 4. */
  @Test
  void estimate_byHand_isEpochsTimesSecondsOverSlots() {
    Estimate estimate = Estimate.of(WORKLOAD, 0.5, 1.2, 4);

    assertThat(estimate.search()).isCloseTo(90, within(1e-9));
    assertThat(estimate.gauntlet()).isCloseTo(153.75, within(1e-9));
    assertThat(estimate.total()).isCloseTo(243.75, within(1e-9));
  }

  /** 24 search trials fill 24 slots, 33 of the gauntlet 33. */
  @Test
  void estimate_moreSlotsThanTrials_leavesSomeIdle() {
    Estimate estimate = Estimate.of(WORKLOAD, 1, 1, 1000);

    assertThat(estimate.search()).isCloseTo(30, within(1e-9));
    assertThat(estimate.gauntlet()).isCloseTo(1050 / 33.0, within(1e-9));
  }

  @Test
  void total_sumsTrainingsAndEpochs() {
    assertThat(WORKLOAD.total()).isEqualTo(new Part(59, 1770));
  }
}
