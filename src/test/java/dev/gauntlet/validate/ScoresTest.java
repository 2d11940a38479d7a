package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import dev.gauntlet.data.TestData;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden values from scikit-learn 1.2.1 on the same float32 probabilities. */
class ScoresTest {
  private static final float[] PROBABILITIES = {
    .7f, .2f, .1f, .1f, .8f, .1f, .3f, .3f, .4f, .5f, .4f, .1f, .25f, .5f, .25f, 0, 1, 0, .1f, .2f,
    .7f
  };
  private static final Rows ROWS = rows(3, 0, 1, 2, 1, 0, 2, 2);

  private static Rows rows(int classes, int... labels) {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
    var dataset =
        new Dataset(
            List.of(Column.numeric("x")), new Labels(labels, names), new float[labels.length]);
    int[] all = Datasets.allRows(dataset);
    return new Rows(dataset, all, TestData.unscaled(dataset));
  }

  @Test
  void accuracy_threeClasses_isScikitLearns() {
    assertThat(Scores.of(Metric.ACCURACY, PROBABILITIES, ROWS)).isEqualTo(0.5714285714285714);
  }

  @Test
  void balancedAccuracy_threeClasses_isScikitLearns() {
    assertThat(Scores.of(Metric.BALANCED_ACCURACY, PROBABILITIES, ROWS))
        .isCloseTo(0.5555555555555555, within(1e-15));
  }

  /** One right class has probability 0. */
  @Test
  void logLoss_probabilityZero_isScikitLearns() {
    assertThat(Scores.of(Metric.LOG_LOSS, PROBABILITIES, ROWS))
        .isCloseTo(2.871107789357747, within(1e-7));
  }

  @Test
  void scores_ties_goToTheFirstClass() {
    float[] tied = {.5f, .5f, .6f, .4f, .4f, .6f, .5f, .5f};
    Rows rows = rows(2, 0, 0, 0, 1);

    assertThat(Scores.of(Metric.ACCURACY, tied, rows)).isEqualTo(0.5);
    assertThat(Scores.of(Metric.BALANCED_ACCURACY, tied, rows))
        .isCloseTo(0.3333333333333333, within(1e-15));
    assertThat(Scores.of(Metric.LOG_LOSS, tied, rows)).isCloseTo(0.7033526655306116, within(1e-7));
  }

  @Test
  void balancedAccuracy_absentClass_doesNotCount() {
    Rows rows = rows(3, 0, 0, 1);

    assertThat(Scores.of(Metric.BALANCED_ACCURACY, new float[] {1, 0, 0, 0, 1, 0, 0, 1, 0}, rows))
        .isEqualTo(0.75);
  }

  @Test
  void scores_notANumber_isNotANumber() {
    float[] broken = PROBABILITIES.clone();
    broken[3] = Float.NaN;

    for (Metric metric : Metric.values()) {
      assertThat(Scores.of(metric, broken, ROWS)).isNaN();
    }
  }

  private static Rows numbers(float... values) {
    List<Column> columns = List.of(Column.numeric("x"));
    var dataset = new Dataset(columns, new Numbers(values), new float[values.length]);
    return new Rows(dataset, Datasets.allRows(dataset), TestData.unscaled(dataset));
  }

  @Test
  void regression_errors_areScikitLearns() {
    Rows rows = numbers(3, -0.5f, 2, 7, 100.25f);
    float[] predictions = {2.5f, 0, 2, 8, 90.5f};

    assertThat(Scores.of(Metric.RMSE, predictions, rows))
        .isCloseTo(4.394598957811737, within(1e-12));
    assertThat(Scores.of(Metric.MAE, predictions, rows)).isCloseTo(2.35, within(1e-12));
    assertThat(Scores.of(Metric.R2, predictions, rows))
        .isCloseTo(0.9873189357427082, within(1e-12));
  }

  @Test
  void r2_oneValue_isScikitLearns() {
    assertThat(Scores.of(Metric.R2, new float[] {2, 2}, numbers(2, 2))).isEqualTo(1);
    assertThat(Scores.of(Metric.R2, new float[] {2, 3}, numbers(2, 2))).isZero();
  }

  @Test
  void scores_infinity_isNotANumber() {
    assertThat(Scores.of(Metric.MAE, new float[] {Float.POSITIVE_INFINITY}, numbers(2))).isNaN();
    assertThat(Scores.of(Metric.ACCURACY, new float[] {Float.NEGATIVE_INFINITY, 1}, rows(2, 1)))
        .isNaN();
  }

  @Test
  void cause_noScore_saysWhichRowsOrWhichOutput() {
    Rows oneClass = rows(3, 1, 1, 1, 1);
    float[] predictions = new float[12];

    assertThat(Scores.cause(Metric.ROC_AUC, predictions, oneClass))
        .isEqualTo("roc-auc is not defined on these 4 rows: all are \"c1\"");
    assertThat(Scores.cause(Metric.R2, new float[] {1}, numbers(2)))
        .isEqualTo("r2 is not defined on 1 row");
    predictions[3] = Float.NaN;
    assertThat(Scores.cause(Metric.ROC_AUC, predictions, oneClass))
        .isEqualTo("the output is not finite");
  }
}
