package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.base.NetworkSampler;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionStepTest {
  private static final int FEATURES = 2 * 9 * 8;

  private final Dataset dataset = TestData.clusters(FEATURES, 1, 11, 40, 30, 20);
  private final Rows rows =
      new Rows(
          dataset,
          Datasets.allRows(dataset),
          TestData.standardized(dataset, Datasets.allRows(dataset)));

  /** The same masks give what DL4J's own layers give. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "blocks: [{filters: 5, kernel: 3, dropout: 0.3}, {filters: 4, padding: valid}]",
        "blocks: [{filters: 600, dropout: 0.3}], activation: tanh, head-dropout: 0.2",
        "blocks: [{filters: 5, batch-norm: before, convolutions: 2}], input-dropout: 0.2",
        "blocks: [{filters: 5}, {filters: 4}], input-dropout: 0.2, dropout-type: gaussian",
        "blocks: [{filters: 5, repeat: 3, pooling: none, dropout: 0.2}], dropout-type: alpha"
      })
  void pass_ofConvolutions_isThatOfDl4jsLayers(String network) throws Exception {
    var task =
        new TrainingTask(
            TestSpaces.candidate(
                FEATURES,
                3,
                "space.network={type: convolutional, image: 2x9x8, units: 6, " + network + "}",
                "space.training.epochs=2"),
            rows,
            rows,
            new double[] {1, 1, 1},
            predictions -> 0,
            new Seed(3));
    TrainedModel model = new FusedEngine().train(task);
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    DropoutSampler plain =
        NetworkSampler.of(restored, rows, () -> model.predictions(rows), layer -> Optional.empty());

    float[] pass = model.sampler(rows).pass(new Seed(8));

    assertThat(pass).containsExactly(plain.pass(new Seed(8)), within(1e-5f));
    assertThat(pass).isNotEqualTo(model.predictions(rows));
  }
}
