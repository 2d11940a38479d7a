package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {

  @Test
  void candidate_chosenOptimizer_hasOnlyItsOwnParameters() {
    SearchConfig config = TestSpaces.config(TestSpaces.CONDITIONAL, "search.candidates=40");
    var space = new SearchSpace(config.space(), 30, 2);

    for (Attempt attempt : new Search(config, space).next()) {
      Candidate candidate = space.candidate(attempt.candidate(), attempt.point());
      Map<String, Object> values = candidate.hyperparameters();
      assertThat(values.containsKey("optimizer.momentum"))
          .isEqualTo(values.get("optimizer.type").equals("sgd"));
      assertThat((Integer) values.get("training.batch-size")).isBetween(16, 64);
      assertThat(values.keySet()).containsAll(List.of("network.layers", "optimizer.learning-rate"));
    }
  }

  /** 92 x 20 + 20, 20 x 20 + 20, 20 + 1; one unit for two classes, as Keras' users have it. */
  @Test
  void parameters_denseNetwork_countsWeightsAndBiases() {
    assertThat(TestSpaces.candidate(92, 2).parameters()).isEqualTo(1860 + 420 + 21).isEqualTo(2301);
    assertThat(
            TestSpaces.candidate(92, 2, "space.network={type: dense, layers: 4, units: 50}")
                .parameters())
        .isEqualTo(12351);
  }

  @ParameterizedTest
  @CsvSource({
    "classification, auto, 2, 1, sigmoid, LossBinaryXENT",
    "classification, binary-cross-entropy, 2, 1, sigmoid, LossBinaryXENT",
    "classification, categorical-cross-entropy, 2, 2, softmax, LossMCXENT",
    "classification, auto, 3, 3, softmax, LossMCXENT",
    "regression, auto, 1, 1, identity, LossMSE",
    "regression, mse, 1, 1, identity, LossMSE",
    "regression, mae, 1, 1, identity, LossMAE"
  })
  void network_loss_decidesTheOutputLayer(
      String task, String loss, int outputs, long units, String activation, String function) {
    Candidate candidate =
        TestSpaces.candidate(4, outputs, "task=" + task, "space.training.loss=" + loss);

    var network = MultiLayerConfiguration.fromJson(candidate.network());

    OutputLayer layer = (OutputLayer) network.getConf(2).getLayer();
    assertThat(layer.getNOut()).isEqualTo(units);
    assertThat(layer.getActivationFn().toString()).isEqualTo(activation);
    assertThat(layer.getLossFn().getClass().getSimpleName()).isEqualTo(function);
    assertThat(candidate.withDropout(0.5, 4, outputs).parameters())
        .isEqualTo(candidate.parameters());
  }

  @Test
  void space_binaryLossOfManyClasses_isRefused() {
    String choice = "{choice: [auto, binary-cross-entropy]}";

    assertThatThrownBy(() -> TestSpaces.candidate(4, 5, "space.training.loss=" + choice))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "space.training.loss: binary-cross-entropy with 5 classes; the rule: two. Maybe"
                + " categorical-cross-entropy.");
  }

  @Test
  void network_json_describesTheLayers() {
    Candidate candidate =
        TestSpaces.candidate(92, 3, "space.network.batch-norm=true", "space.network.dropout=0.2");

    var network = MultiLayerConfiguration.fromJson(candidate.network());

    assertThat(network.getConfs()).hasSize(5);
    assertThat(network.getConf(1).getLayer()).isInstanceOf(BatchNormalization.class);
    DenseLayer first = (DenseLayer) network.getConf(0).getLayer();
    DenseLayer second = (DenseLayer) network.getConf(2).getLayer();
    assertThat(first.getNIn()).isEqualTo(92);
    assertThat(first.getIDropout()).isNull();
    assertThat(second.getIDropout()).isNotNull();
    assertThat(candidate.words()).isEqualTo("dense 20-20 relu, batch norm, dropout 0.2");
    assertThat(candidate.parameters()).isEqualTo(1860 + 80 + 420 + 80 + 63);
  }

  @Test
  void withDropout_changesNothingElse() {
    Candidate candidate = TestSpaces.candidate(4, 2);

    Candidate dropping = candidate.withDropout(0.5, 4, 2);

    assertThat(dropping.words()).isEqualTo("dense 20-20 relu, dropout 0.5");
    assertThat(dropping.parameters()).isEqualTo(candidate.parameters());
    assertThat(dropping.plan()).isEqualTo(candidate.plan());
  }
}
