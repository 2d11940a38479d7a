package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class SearchSpaceTest {

  @Test
  void hyperparameters_namesAllOfTheSpaceInItsOrder() {
    SearchConfig config = TestSpaces.config(TestSpaces.CONDITIONAL);

    assertThat(new SearchSpace(config.space(), 30, 2).hyperparameters())
        .containsExactly(
            "network.layers",
            "network.units",
            "network.activation",
            "network.batch-norm",
            "network.dropout",
            "network.l2",
            "optimizer.type",
            "optimizer.learning-rate",
            "optimizer.momentum",
            "training.batch-size",
            "training.epochs");
  }

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
      assertThat(space.hyperparameters()).containsAll(values.keySet());
    }
  }

  /** 92 x 20 + 20, 20 x 20 + 20, 20 x 2 + 2. */
  @Test
  void parameters_denseNetwork_countsWeightsAndBiases() {
    assertThat(TestSpaces.candidate(92, 2).parameters()).isEqualTo(1860 + 420 + 42);
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
  void network_momentum_choosesTheUpdater() {
    assertThat(updater("space.optimizer={type: sgd}")).isInstanceOf(Sgd.class);
    assertThat(updater("space.optimizer={type: sgd, momentum: 0.9}"))
        .isEqualTo(new Nesterovs(0.01, 0.9));
  }

  private static Object updater(String override) {
    Candidate candidate = TestSpaces.candidate(4, 2, override);
    var network = MultiLayerConfiguration.fromJson(candidate.network());
    return ((DenseLayer) network.getConf(0).getLayer()).getIUpdater();
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
