package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Workload.Part;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.data.format.FileTableReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private static Workload quickstart(String... overrides) {
    var config = ConfigReader.read(Path.of("conf/quickstart.yaml"), List.of(overrides));
    return Workload.of(Gauntlet.prepare(config, new FileTableReader()));
  }

  @Test
  void of_quickstart_isCountedByHand() {
    assertThat(quickstart("search.repeats=2"))
        .isEqualTo(
            new Workload(
                new Part(48, 1440, 30),
                new Part(30, 900, 30),
                new Part(3, 90, 30),
                new Part(3, 90, 30)));
  }

  /** The winners are not known: those that train longest are counted. */
  @Test
  void of_differentEpochs_isAnUpperBound() {
    Workload workload =
        quickstart("space.training.epochs={min: 1, max: 1000}", "validate.winners=1");

    assertThat(workload.last().epochs()).isBetween(900L, 1000L);
    assertThat(workload.folds().epochs()).isEqualTo(10 * workload.last().epochs());
  }

  @Test
  void of_dropoutEverywhereOrNoPasses_hasNoExtraTrainings() {
    assertThat(quickstart("space.network.dropout=0.5").extra()).isEqualTo(new Part(0, 0, 0));
    assertThat(quickstart("validate.mc-dropout.passes=0").extra()).isEqualTo(new Part(0, 0, 0));
  }

  @Test
  void of_fewerCandidatesThanWinners_countsThose() {
    assertThat(quickstart("search.candidates=2").folds()).isEqualTo(new Part(20, 600, 30));
  }
}
