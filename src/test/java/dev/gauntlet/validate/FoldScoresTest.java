package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Golden values from SciPy, with Nadeau and Bengio's 1/k + 1/(k-1) put in by hand. */
class FoldScoresTest {
  private static final FoldScores A =
      new FoldScores(new double[] {.92, .95, .91, .97, .93, .94, .90, .96, .95, .92});
  private static final FoldScores B =
      new FoldScores(new double[] {.90, .94, .92, .93, .91, .95, .88, .94, .92, .90});

  @Test
  void statistics_tenFolds_areScipys() {
    assertThat(A.mean()).isCloseTo(0.935, within(1e-15));
    assertThat(A.std()).isCloseTo(0.022730302828309727, within(1e-15));
    assertThat(A.halfWidth()).isCloseTo(0.023625637800702357, within(1e-12));
  }

  @Test
  void pValue_tenFolds_isScipys() {
    assertThat(A.pValue(B)).isCloseTo(0.05468543372393823, within(1e-12));
    assertThat(B.pValue(A)).isEqualTo(A.pValue(B));
  }

  @Test
  void pValue_equalScores_isOne() {
    assertThat(A.pValue(A)).isEqualTo(1);
  }

  @Test
  void pValue_sameDifferenceInEachFold_isZero() {
    double[] shifted = Arrays.stream(new double[] {1, 2, 3, 4}).map(score -> score + 1).toArray();

    assertThat(new FoldScores(new double[] {1, 2, 3, 4}).pValue(new FoldScores(shifted))).isZero();
  }

  /** R: {@code p.adjust(c(.01, .04, .03, .005), "holm")}. */
  @Test
  void holm_fourTests_isRs() {
    assertThat(FoldScores.holm(new double[] {.01, .04, .03, .005}))
        .containsExactly(new double[] {.03, .06, .06, .02}, within(1e-15));
    assertThat(FoldScores.holm(new double[] {.9, .8})).containsExactly(1, 1);
    assertThat(FoldScores.holm(new double[0])).isEmpty();
  }
}
