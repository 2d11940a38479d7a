package dev.gauntlet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationCube;

class EnginesTest {
  private static final String CONVOLUTIONAL =
      "space.network={type: convolutional, image: 1x6x6, blocks: [{filters: 2, kernel: 3}]}";

  private static String engine(EngineChoice choice, Candidate candidate) {
    return Engines.of(choice, candidate).name();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: linear",
        "type: dense, layers: 2, units: 8, batch-norm: before, dropout: 0.5, l1: 0.1, l2: 0.1",
        "type: dense, layers: 1, units: 8, activation: gelu, weight-decay: 0.1, input-dropout: 0.2",
        "type: dense, units: 8, dropout: 0.5, dropout-type: gaussian",
        "type: dense, units: 8, dropout: 0.5, dropout-type: alpha",
        "type: convolutional, image: 1x6x6, blocks: [{filters: 2, batch-norm: after}]"
      })
  void of_knownNetwork_isTheFusedOne(String network) {
    Candidate candidate = TestSpaces.candidate(36, 2, "space.network={" + network + "}");

    assertThat(engine(EngineChoice.AUTO, candidate)).isEqualTo("fused");
    assertThat(engine(EngineChoice.DL4J, candidate)).isEqualTo("dl4j");
  }

  private static ConvolutionLayer convolution(MultiLayerConfiguration network) {
    return (ConvolutionLayer) network.getConf(0).getLayer();
  }

  private static SubsamplingLayer pooling(MultiLayerConfiguration network) {
    return (SubsamplingLayer) network.getConf(1).getLayer();
  }

  /** What only a file of Arbiter may ask for. */
  static Stream<Consumer<MultiLayerConfiguration>> otherNetworks() {
    return Stream.of(
        network -> convolution(network).setActivationFn(new ActivationCube()),
        network -> convolution(network).setStride(new int[] {2, 1}),
        network -> convolution(network).setDilation(new int[] {1, 2}),
        network -> convolution(network).setCnn2dDataFormat(CNN2DFormat.NHWC),
        network -> convolution(network).setConvolutionMode(ConvolutionMode.Causal),
        network -> convolution(network).setWeightNoise(new DropConnect(0.5)),
        network -> convolution(network).setIDropout(new SpatialDropout(0.5)),
        network -> convolution(network).setHasBias(false),
        network -> pooling(network).setStride(new int[] {1, 1}),
        network -> pooling(network).setPadding(new int[] {0, 1}),
        network -> pooling(network).setPoolingType(PoolingType.SUM),
        network -> pooling(network).setConvolutionMode(ConvolutionMode.Same),
        network -> network.getInputPreProcessors().clear());
  }

  private static Candidate changed(Consumer<MultiLayerConfiguration> change) {
    Candidate plain = TestSpaces.candidate(36, 2, CONVOLUTIONAL);
    var network = MultiLayerConfiguration.fromJson(plain.network());
    change.accept(network);
    String json = network.toJson();
    return new Candidate(0, plain.point(), json, plain.words(), 0, Map.of(), null);
  }

  @ParameterizedTest
  @MethodSource("otherNetworks")
  void of_otherNetwork_isDl4j(Consumer<MultiLayerConfiguration> change) {
    assertThat(engine(EngineChoice.AUTO, changed(network -> {}))).isEqualTo("fused");
    assertThat(engine(EngineChoice.AUTO, changed(change))).isEqualTo("dl4j");
  }

  /** The rule is of the network: images of a file may have another shape than rows. */
  @Test
  void train_rowsOfAnotherWidth_fails() {
    Candidate candidate = TestSpaces.candidate(36, 2, CONVOLUTIONAL);

    assertThatThrownBy(() -> Engines.of(EngineChoice.FUSED, candidate).train(task(candidate, 40)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage("a network for rows of 36 numbers; the rule: the 40 that rows have");
  }

  private static TrainingTask task(Candidate candidate, int features) {
    Dataset dataset = TestData.clusters(features, 1, 11, 20, 20);
    int[] all = Datasets.allRows(dataset);
    var rows = new Rows(dataset, all, TestData.standardized(dataset, all));
    return new TrainingTask(candidate, rows, rows, new double[] {1, 1}, scores -> 0, new Seed(1));
  }

  /** More than 512 MiB: weights, images of many filters, and batches that have statistics. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          "{type: dense, layers: 1, units: 1000}", 32, fused
          "{type: dense, layers: 2, units: 12000}", 32, dl4j
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 4096}]}", 32, fused
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 2, kernel: 5}]}", 32, fused
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 2, kernel: 33}]}", 32, dl4j
          "{type: dense, layers: 1, units: 65536, batch-norm: after}", 65536, dl4j
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 64, kernel: 9, batch-norm: after}]}", 15000, dl4j
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 8, batch-norm: after}]}", 5000, fused
          "{type: convolutional, image: 1x6x6, blocks: [{filters: 90, batch-norm: after}]}", 50000, dl4j
          """)
  void of_networkThatNeedsMuch_isDl4j(String network, int batch, String engine) {
    Candidate candidate =
        TestSpaces.candidate(
            36, 2, "space.network=" + network, "space.training.batch-size=" + batch);

    assertThat(engine(EngineChoice.AUTO, candidate)).isEqualTo(engine);
  }

  /** Who asks for an engine gets it, or a row that says why not. */
  @Test
  void train_networkThatTheChosenEngineLacks_fails() {
    Candidate candidate = changed(network -> pooling(network).setPoolingType(PoolingType.SUM));
    assertThatThrownBy(() -> Engines.of(EngineChoice.FUSED, candidate).train(task(candidate, 36)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage("a network that the engine fused does not train; engine: auto does");
  }
}
