package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.validate.FoldScores.Posterior;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Golden values from SciPy, with Nadeau and Bengio's 1/k + 1/(k-1) put in by hand. */
class FoldScoresTest {
  private static final FoldScores A = folds(.92, .95, .91, .97, .93, .94, .90, .96, .95, .92);
  private static final FoldScores B = folds(.90, .94, .92, .93, .91, .95, .88, .94, .92, .90);

  private static final int[] RBF = {
    23, 18, 19, 23, 25, 25, 25, 25, 24, 25, 24, 25, 25, 23, 21, 23, 25, 25, 20, 25,
    20, 23, 22, 23, 25, 25, 22, 23, 25, 25, 20, 24, 21, 25, 25, 25, 25, 24, 23, 25,
    25, 23, 25, 23, 25, 19, 25, 25, 25, 25, 25, 21, 25, 25, 25, 18, 23, 25, 25, 25,
    23, 23, 25, 25, 20, 22, 25, 23, 24, 25, 24, 23, 21, 23, 25, 25, 25, 22, 23, 23,
    25, 23, 24, 25, 18, 25, 25, 25, 25, 19, 24, 22, 25, 18, 23, 25, 24, 25, 25, 21
  };
  private static final int[] LINEAR = {
    24, 21, 19, 23, 25, 24, 24, 25, 23, 25, 23, 24, 24, 22, 20, 24, 25, 25, 20, 25,
    21, 24, 21, 25, 25, 24, 21, 22, 25, 25, 21, 23, 21, 25, 24, 25, 25, 23, 22, 25,
    24, 23, 25, 23, 25, 19, 25, 23, 25, 25, 25, 20, 24, 24, 25, 17, 24, 23, 25, 25,
    23, 23, 25, 20, 21, 22, 24, 23, 24, 25, 24, 22, 20, 21, 25, 24, 25, 23, 23, 23,
    24, 25, 23, 25, 17, 25, 25, 25, 25, 19, 24, 23, 25, 19, 23, 25, 23, 23, 25, 21
  };

  private static double[] areas(int[] counts) {
    return Arrays.stream(counts).mapToDouble(count -> count / 25.0).toArray();
  }

  private static FoldScores folds(double... scores) {
    return new FoldScores(scores, 1.0 / (scores.length - 1));
  }

  @Test
  void statistics_tenFolds_areScipys() {
    assertThat(A.mean()).isCloseTo(0.935, within(1e-15));
    assertThat(A.std()).isCloseTo(0.022730302828309727, within(1e-15));
    assertThat(A.high() - A.mean()).isCloseTo(0.023625637800702357, within(1e-12));
    assertThat(A.mean() - A.low()).isCloseTo(0.023625637800702357, within(1e-12));
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
    assertThat(folds(1, 2, 3, 4).pValue(folds(2, 3, 4, 5))).isZero();
  }

  /**
   * The example "Statistical comparison of models using grid search" of scikit-learn's user guide:
   * areas under the ROC curve, times 25, of two support vector machines in 10 x 10 folds. It prints
   * a corrected t of 0.750 with a one-sided p of 0.227, an uncorrected one of 0.005, a probability
   * of 0.773 that the first is better, and of 0.432 that they differ by less than 0.01.
   */
  @Test
  void tests_publishedExample_giveItsNumbers() {
    FoldScores rbf = new FoldScores(areas(RBF), 1.0 / 9);
    FoldScores linear = new FoldScores(areas(LINEAR), 1.0 / 9);

    assertThat(rbf.pValue(linear) / 2).isCloseTo(0.227, within(5e-4));
    assertThat(rbf.pValue(linear)).isCloseTo(0.4548459420267329, within(1e-12));
    assertThat(new FoldScores(areas(RBF), 0).pValue(new FoldScores(areas(LINEAR), 0)) / 2)
        .isCloseTo(0.005, within(5e-4));
    assertThat(rbf.posterior(linear, 0).higher()).isCloseTo(0.7725770289866336, within(1e-12));
    Posterior posterior = rbf.posterior(linear, 0.01);
    assertThat(posterior.within()).isCloseTo(0.43168245824269985, within(1e-12));
    assertThat(posterior.lower()).isCloseTo(0.06831754175730048, within(1e-12));
    assertThat(posterior.higher()).isCloseTo(0.49999999999999967, within(1e-12));
    assertThat(linear.posterior(rbf, 0.01).lower()).isEqualTo(posterior.higher());
  }

  /** As in baycomp's own tests: a difference without variance is certain. */
  @Test
  void posterior_sameDifferenceInEachFold_isCertain() {
    FoldScores base = folds(1, 2, 3, 4);

    assertThat(base.posterior(base, 0.5)).isEqualTo(new Posterior(0, 1, 0));
    assertThat(base.posterior(folds(2, 3, 4, 5), 0.5)).isEqualTo(new Posterior(1, 0, 0));
    assertThat(folds(2, 3, 4, 5).posterior(base, 0.5)).isEqualTo(new Posterior(0, 0, 1));
    assertThat(folds(2, 3, 4, 5).posterior(base, 1)).isEqualTo(new Posterior(0, 1, 0));
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
