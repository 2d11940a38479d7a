package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Target.Numbers;
import dev.gauntlet.data.TestData;
import dev.gauntlet.train.DropoutSampler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden values from NumPy, by the formulas of the papers. */
class UncertaintyTest {
  private static final Rows ROWS = TestData.labelled(2, 0, 1, 1);

  /** Sure; unsure in each pass; sure in each pass and another class in the second. */
  private static final float[][] PASSES = {
    {1, 0, .5f, .5f, 0, 1},
    {1, 0, .5f, .5f, 1, 0},
  };

  private static DropoutSampler playing(float[]... passes) {
    Iterator<float[]> next = List.of(passes).iterator();
    return seed -> next.next();
  }

  private static Uncertainty measured() {
    return Uncertainty.measure(playing(PASSES), ROWS, Metric.ACCURACY, 2, new Seed(1));
  }

  /** What no pass is sure of has entropy; what passes disagree on has information too. */
  @Test
  void measure_rows_tellsNoiseFromDisagreement() {
    Uncertainty passes = measured();

    assertThat(passes.entropy(0)).isZero();
    assertThat(passes.information(0)).isZero();
    assertThat(passes.entropy(1)).isCloseTo(0.6931471805599453, within(1e-15));
    assertThat(passes.information(1)).isCloseTo(0, within(1e-15));
    assertThat(passes.entropy(2)).isCloseTo(0.6931471805599453, within(1e-15));
    assertThat(passes.information(2)).isCloseTo(0.6931471805599453, within(1e-15));
    assertThat(passes.means()).containsExactly(1, 0, .5f, .5f, .5f, .5f);
  }

  /** NumPy: p = [[.7, .2, .1], [.2, .5, .3], [.6, .1, .3]]. */
  @Test
  void measure_threePassesOfThreeClasses_isNumpys() {
    Rows row = TestData.labelled(3, 0);
    Uncertainty passes =
        Uncertainty.measure(
            playing(new float[][] {{.7f, .2f, .1f}, {.2f, .5f, .3f}, {.6f, .1f, .3f}}),
            row,
            Metric.ACCURACY,
            3,
            new Seed(1));

    assertThat(passes.entropy(0)).isCloseTo(ENTROPY, within(1e-7));
    assertThat(passes.information(0)).isCloseTo(INFORMATION, within(1e-7));
  }

  private static final double ENTROPY = 1.0386088352168543;
  private static final double INFORMATION = 0.1288030713952909;

  @Test
  void score_passes_hasSpreadAndTheScoreOfTheMean() {
    McDropoutScore score = McDropoutScore.of(measured(), ROWS, Metric.ACCURACY, 0.5);

    // The first of equals is predicted: 2 of 3 rows are right in pass 1, 1 in pass 2.
    assertThat(score.mean()).isCloseTo(0.5, within(1e-15));
    assertThat(score.std()).isCloseTo(0.23570226039551584, within(1e-15));
    assertThat(score.ofMean()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(score.entropy()[0]).isZero();
    assertThat(score.entropy()[1]).isCloseTo(0.6931471805599453, within(1e-15));
    assertThat(score.information()[1]).isCloseTo(0.6931471805599453 / 2, within(1e-15));
  }

  @Test
  void measure_seeds_areOneForEachPass() {
    List<Seed> seeds = new ArrayList<>();
    DropoutSampler noting =
        seed -> {
          seeds.add(seed);
          return PASSES[0];
        };

    Uncertainty.measure(noting, ROWS, Metric.ACCURACY, 50, new Seed(3));

    assertThat(seeds).doesNotHaveDuplicates().hasSize(50);
  }

  private static Rows numbers() {
    var dataset =
        new Dataset(List.of(Column.numeric("x")), new Numbers(new float[] {1, 2}), new float[2]);
    return new Rows(dataset, Datasets.allRows(dataset), TestData.unscaled(dataset));
  }

  /** A spread of 1 around ten million, which a sum of squares would lose. */
  @Test
  void measure_numbers_haveMeanAndDeviation() {
    Uncertainty passes =
        Uncertainty.measure(
            playing(new float[][] {{1e7f, 4}, {1e7f + 1, 5}, {1e7f + 2, 9}}),
            numbers(),
            Metric.RMSE,
            3,
            new Seed(1));

    assertThat(passes.std(0)).isCloseTo(1, within(1e-9));
    assertThat(passes.std(1)).isCloseTo(2.6457513110645907, within(1e-9));
    assertThat(passes.means()).containsExactly(1e7f + 1, 6);
  }

  @Test
  void csv_classes_haveALinePerRow() {
    String csv =
        new String(
            TestRows.csv(ROWS, new float[] {.75f, .25f, .5f, .5f, 0, 1}, measured()),
            StandardCharsets.UTF_8);

    assertThat(csv.lines())
        .containsExactly(
            "row,label,predicted,probability,mc_predicted,mc_probability,mc_entropy,"
                + "mc_mutual_information,p.c0,p.c1,mc.c0,mc.c1",
            "0,c0,c0,0.75,c0,1.0,0.0,0.0,0.75,0.25,1.0,0.0",
            "1,c1,c0,0.5,c0,0.5,0.6931472,0.0,0.5,0.5,0.5,0.5",
            "2,c1,c1,1.0,c0,0.5,0.6931472,0.6931472,0.0,1.0,0.5,0.5");
  }

  @Test
  void csv_withoutPasses_hasPredictionsAlone() {
    assertThat(
            new String(
                TestRows.csv(numbers(), new float[] {1.5f, 3}, null), StandardCharsets.UTF_8))
        .isEqualTo("row,target,predicted\n0,1.0,1.5\n1,2.0,3.0\n");
  }
}
