package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden values from SciPy 1.10.1's bounded minimisation of the log loss. */
class TemperatureTest {
  private static final float[] THREE = {
    .7f, .2f, .1f, .1f, .8f, .1f, .3f, .3f, .4f, .5f, .4f, .1f, .25f, .5f, .25f, .05f, .9f, .05f,
    .1f, .2f, .7f, .9f, .05f, .05f
  };
  private static final Rows OF_THREE = TestData.labelled(3, 0, 1, 2, 1, 0, 1, 2, 2);

  /** The second unit's probability beside its complement; one is 0. */
  private static final float[] TWO = {
    .1f, .9f, .05f, .95f, .99f, .01f, .6f, .4f, .02f, .98f, .97f, .03f, 0, 1, .2f, .8f
  };

  private static final Rows OF_TWO = TestData.labelled(2, 1, 0, 0, 1, 1, 0, 1, 1);

  @Test
  void fit_threeClasses_isScipys() {
    Temperature fitted = Temperature.fit(THREE, OF_THREE);
    float[] scaled = fitted.apply(THREE, 3);

    assertThat(fitted.value()).isCloseTo(1.3647749679984675, within(1e-6));
    assertThat(Scores.of(Metric.LOG_LOSS, scaled, OF_THREE))
        .isCloseTo(0.8866081599962756, within(1e-7));
    assertThat(scaled[0]).isCloseTo(0.609883f, within(1e-6f));
    assertThat(scaled[2]).isCloseTo(0.146563f, within(1e-6f));
  }

  @Test
  void fit_twoClasses_isScipys() {
    Temperature fitted = Temperature.fit(TWO, OF_TWO);
    float[] scaled = fitted.apply(TWO, 2);

    assertThat(fitted.value()).isCloseTo(2.096519827903028, within(1e-6));
    assertThat(Scores.of(Metric.LOG_LOSS, scaled, OF_TWO))
        .isCloseTo(0.4450937080370999, within(1e-7));
    assertThat(scaled[3]).isCloseTo(0.802888f, within(1e-6f));
  }

  @Test
  void apply_anyTemperature_keepsTheOrderAndSumsToOne() {
    Random random = new Random(1);
    float[] probabilities = new float[300];
    for (int row = 0; row < 100; row++) {
      float a = random.nextFloat();
      float b = (1 - a) * random.nextFloat();
      System.arraycopy(new float[] {a, b, 1 - a - b}, 0, probabilities, 3 * row, 3);
    }
    for (double temperature : new double[] {Temperature.LOWEST, 0.5, 1, 3, Temperature.HIGHEST}) {
      float[] scaled = new Temperature(temperature).apply(probabilities, 3);
      for (int row = 0; row < 100; row++) {
        float sum = scaled[3 * row] + scaled[3 * row + 1] + scaled[3 * row + 2];
        assertThat(sum).isCloseTo(1, within(1e-6f));
        assertThat(ConfusionMatrix.predicted(scaled, row, 3))
            .isEqualTo(ConfusionMatrix.predicted(probabilities, row, 3));
      }
    }
    assertThat(new Temperature(1).apply(THREE, 3)).containsExactly(THREE, within(1e-6f));
  }

  /** The limit, not an overflow. */
  @Test
  void fit_allRight_isTheLowest() {
    Rows rows = TestData.labelled(2, 0, 1);

    for (float sure : new float[] {.6f, .9f, .999f, .999999f, 1}) {
      assertThat(Temperature.fit(new float[] {sure, 1 - sure, 1 - sure, sure}, rows).value())
          .isEqualTo(Temperature.LOWEST);
    }
    assertThat(Temperature.fit(new float[] {.1f, .9f, 1, 0}, rows).value())
        .isCloseTo(Temperature.HIGHEST, within(1e-2));
  }
}
