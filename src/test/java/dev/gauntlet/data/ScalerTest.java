package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.DataConfig.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final Dataset DATASET =
      new Dataset(
          List.of("a", "b"),
          List.of("n", "y"),
          new float[] {1, 7, 2, 7, 3, 7, 1000, -5},
          new int[] {0, 1, 0, 1});
  private static final int[] TRAINING = {0, 1, 2};

  /** numpy: (x - mean) / std with ddof 0, of 1, 2, 3. */
  @Test
  void fit_standardize_usesPopulationStatisticsOfTrainingRows() {
    float[] row = scaled(Scale.STANDARDIZE, 0);

    assertThat(row[0]).isCloseTo(-1.2247449f, within(1e-6f));
  }

  @Test
  void fit_constantColumn_becomesZero() {
    assertThat(scaled(Scale.STANDARDIZE, 1)[1]).isZero();
    assertThat(scaled(Scale.MINMAX, 1)[1]).isZero();
  }

  @Test
  void fit_minmax_mapsTrainingRowsToUnitInterval() {
    assertThat(scaled(Scale.MINMAX, 0)[0]).isEqualTo(0);
    assertThat(scaled(Scale.MINMAX, 2)[0]).isEqualTo(1);
    assertThat(scaled(Scale.MINMAX, 3)[0]).isEqualTo(499.5f);
  }

  @Test
  void fit_none_leavesValues() {
    assertThat(scaled(Scale.NONE, 3)).isEqualTo(new float[] {1000, -5});
  }

  private static float[] scaled(Scale kind, int row) {
    float[] values = new float[2];
    DATASET.copyRow(row, values, 0);
    Scaler.fit(kind, DATASET, TRAINING).apply(values, 0);
    return values;
  }
}
