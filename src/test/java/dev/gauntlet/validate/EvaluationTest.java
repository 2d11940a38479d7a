package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.TestData;
import dev.gauntlet.validate.Reliability.Bin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final float[] OF_TWO = {1, 0, .9f, .1f, .75f, .25f, .3f, .7f, .7f, .3f, 0, 1};

  private static Rows rows(List<String> classes, int... labels) {
    var target = new Labels(labels, classes);
    var dataset = new Dataset(List.of(Column.numeric("x")), target, new float[labels.length]);
    return new Rows(dataset, Datasets.allRows(dataset), TestData.unscaled(dataset));
  }

  @Test
  void confusion_twoClasses_isOfTheLast() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(OF_TWO, rows(List.of("benign", "attack"), 0, 0, 1, 0, 1, 1));

    assertThat(matrix.counts()).isDeepEqualTo(new int[][] {{2, 1}, {2, 1}});
    assertThat(matrix.support(1)).isEqualTo(3);
    assertThat(matrix.predicted(1)).isEqualTo(2);
    assertThat(matrix.precision(1)).isEqualTo(0.5);
    assertThat(matrix.recall(1)).isEqualTo(1 / 3.0);
    assertThat(matrix.f1(1)).isEqualTo(0.4);
  }

  /** scikit-learn's calibration_curve(labels, probabilities, n_bins=10). */
  @Test
  void reliability_edges_belongToTheBinBelow() {
    float[] probabilities = {.5f, .5f, 1, 0, 0, 1, .499f, .501f};

    Reliability reliability =
        Reliability.of(probabilities, rows(List.of("benign", "attack"), 1, 1, 1, 0));

    assertThat(reliability.bins()).hasSize(10);
    assertThat(reliability.bins().get(0)).isEqualTo(new Bin(0, 0.1, 1, 0, 1));
    assertThat(reliability.bins().get(4)).isEqualTo(new Bin(0.4, 0.5, 1, 0.5, 1));
    assertThat(reliability.bins().get(5)).isEqualTo(new Bin(0.5, 0.6, 1, .501f, 0));
    assertThat(reliability.bins().get(9)).isEqualTo(new Bin(0.9, 1, 1, 1, 1));
    assertThat(reliability.error()).isCloseTo((1 + 0.5 + 0.501 + 0) / 4, within(1e-8));
  }

  @Test
  void reliability_moreClasses_isOfTheMostProbable() {
    float[] probabilities = {.75f, .125f, .125f, .25f, .5f, .25f};

    Reliability reliability = Reliability.of(probabilities, rows(List.of("a", "b", "c"), 0, 2));

    assertThat(reliability.bins().get(7)).isEqualTo(new Bin(0.7, 0.8, 1, 0.75, 1));
    assertThat(reliability.bins().get(4)).isEqualTo(new Bin(0.4, 0.5, 1, 0.5, 0));
    assertThat(reliability.error()).isEqualTo(0.375);
  }

  @Test
  void evaluation_moreClasses_hasNoMetricOfTwo() {
    float[] probabilities = {.75f, .125f, .125f, .25f, .5f, .25f};

    Evaluation evaluation = Evaluation.of(probabilities, rows(List.of("a", "b", "c"), 0, 2));

    assertThat(evaluation.scores())
        .doesNotContainKeys(Metric.PRECISION, Metric.RECALL, Metric.F1, Metric.R2)
        .containsEntry(Metric.F1_MACRO, 1 / 3.0)
        .hasSize(14);
  }

  /** It travels from Spark's tasks to the driver. */
  @Test
  void evaluation_serialized_isEqual() throws IOException, ClassNotFoundException {
    Evaluation evaluation =
        Evaluation.of(OF_TWO, rows(List.of("benign", "attack"), 0, 0, 0, 0, 0, 0));
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(evaluation);
    }

    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(evaluation);
    }
    assertThat(evaluation.scores()).containsEntry(Metric.ROC_AUC, Double.NaN);
  }
}
