package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTest {
  private static final float NONE = Float.NaN;
  private static final Dataset DATASET =
      new Dataset(
          List.of(
              Column.numeric("a"), Column.numeric("b"), new Column("c", List.of("x", "y", "z"))),
          new Target.Labels(new int[] {0, 1, 0, 1, 0}, List.of("n", "y")),
          new float[] {1, 7, 0, 2, 7, 1, 3, 7, 1, 1000, -5, 2, NONE, NONE, NONE});
  private static final int[] TRAINING = {0, 1, 2};

  private static float[] applied(int row, int[] training, String... overrides) {
    float[] values = new float[5];
    Preprocessor.fit(TestData.config(overrides), DATASET, training).apply(DATASET, row, values, 0);
    return values;
  }

  /** numpy: (x - mean) / std with ddof 0, of 1, 2, 3. */
  @Test
  void fit_standardize_usesPopulationStatisticsOfTrainingRows() {
    assertThat(applied(0, TRAINING)[0]).isCloseTo(-1.2247449f, within(1e-6f));
  }

  @Test
  void fit_constantColumn_becomesZero() {
    assertThat(applied(0, TRAINING)[1]).isZero();
    assertThat(applied(0, TRAINING, "data.scale=minmax")[1]).isZero();
  }

  @Test
  void fit_minmax_mapsTrainingRowsToUnitInterval() {
    assertThat(applied(0, TRAINING, "data.scale=minmax")[0]).isEqualTo(0);
    assertThat(applied(2, TRAINING, "data.scale=minmax")[0]).isEqualTo(1);
    assertThat(applied(3, TRAINING, "data.scale=minmax")[0]).isEqualTo(499.5f);
  }

  @Test
  void apply_category_setsOneInput() {
    assertThat(applied(0, TRAINING, "data.scale=none")).isEqualTo(new float[] {1, 7, 1, 0, 0});
    assertThat(applied(1, TRAINING, "data.scale=none")).isEqualTo(new float[] {2, 7, 0, 1, 0});
  }

  /** No training row has z: to the network it is no category at all. */
  @Test
  void apply_unseenCategory_followsThePolicy() {
    assertThat(applied(3, TRAINING, "data.scale=none")).isEqualTo(new float[] {1000, -5, 0, 0, 0});
    assertThatThrownBy(() -> applied(3, TRAINING, "data.unseen=error"))
        .hasMessage("column \"c\": no training row has \"z\"");
  }

  @ParameterizedTest
  @CsvSource({"mean, 251.5", "median, 2.5", "most-frequent, 1"})
  void apply_missingValue_isFilledFromTrainingRows(String policy, float fill) {
    int[] training = {0, 1, 2, 3};

    float[] row = applied(4, training, "data.scale=none", "data.missing=" + policy);

    assertThat(row[0]).isEqualTo(fill);
    assertThat(row).endsWith(0, 1, 0);
  }

  /** Categories and missing values, and numbers alone. */
  @Test
  void applyAll_rows_areThoseOfApply() {
    for (Dataset dataset : List.of(DATASET, TestData.clusters(20, 1, 3, 30, 30))) {
      Preprocessor fitted = Preprocessor.fit(TestData.config(), dataset, TRAINING);
      int[] rows = {2, 0, 1, 2};
      float[] all = new float[rows.length * fitted.width()];
      float[] one = new float[fitted.width()];

      fitted.applyAll(dataset, rows, all);

      for (int i = 0; i < rows.length; i++) {
        fitted.apply(dataset, rows[i], one, 0);
        int from = i * one.length;
        assertThat(Arrays.copyOfRange(all, from, from + one.length)).isEqualTo(one);
      }
    }
  }

  @Test
  void inputs_categories_areNotScaled() {
    Preprocessor fitted = Preprocessor.fit(TestData.config(), DATASET, TRAINING);

    assertThat(DATASET.featureNames()).containsExactly("a", "b", "c=x", "c=y", "c=z");
    assertThat(fitted.inputShift()).containsExactly(2, 7, 0, 0, 0);
    assertThat(fitted.inputScale()).endsWith(1, 1, 1, 1);
  }
}
