package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.SearchConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the section {@code space.network} makes of each type of network. */
class NetworksTest {

  /** Where a point has neither head nor block, there is nothing but the input to drop. */
  @Test
  void withDropout_convolutionalWithoutBlocks_dropsTheInput() {
    Candidate candidate =
        TestSpaces.candidate(
            16,
            2,
            "space.network={type: convolutional, image: 1x4x4, head-layers: 0, blocks: [{repeat: 0}]}");

    assertThat(candidate.hasDropout()).isFalse();
    assertThat(candidate.withDropout(0.5, 16, 2).hasDropout()).isTrue();
  }

  @Test
  void hasDropout_candidateWithoutNetwork_isFalse() {
    Candidate candidate =
        TestSpaces.candidate(
            2,
            2,
            "space.network={type: convolutional, image: 2x1x1, blocks: [{filters: 2, kernel: 3, dropout: 0.2}]}");

    assertThat(candidate.invalid()).isNotNull();
    assertThat(candidate.hasDropout()).isFalse();
  }

  private static Candidate candidate(int inputs, int outputs, String network) {
    return TestSpaces.candidate(inputs, outputs, "space.network=" + network);
  }

  private static SearchSpace space(String network, String... overrides) {
    return space(config(network, overrides), 30);
  }

  private static SearchSpace space(SearchConfig config, int inputs) {
    return new SearchSpace(config.space(), inputs, 2);
  }

  private static SearchConfig config(String network, String... overrides) {
    String yaml =
        """
        data: {path: x.csv, label: label}
        space: {network: %s, optimizer: {type: adam}}
        search: {strategy: grid, candidates: 100000}
        """;
    return TestSpaces.config(yaml.formatted(network), overrides);
  }

  private static List<Candidate> grid(String network) {
    SearchConfig config = config(network);
    SearchSpace space = space(config, 30);
    return TestSpaces.candidates(config, space);
  }

  private static List<Layer> layers(Candidate candidate) {
    return MultiLayerConfiguration.fromJson(candidate.network()).getConfs().stream()
        .map(conf -> conf.getLayer())
        .toList();
  }

  /** Counted by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          92  | 2 | linear                                         | linear                       | 93
          92  | 2 | {type: dense, layers: 2, units: 20}            | dense 20-20 relu             | 2301
          92  | 2 | {type: dense, layers: 4, units: 50}            | dense 50-50-50-50 relu       | 12351
          784 | 10| {type: dense, units: [500, 300]}               | dense 500-300 relu           | 545810
          30  | 2 | {type: dense, units: 9, layers: 4, widths: tapering} | dense 9-4-2-2 relu     | 338
          30  | 2 | {type: dense, units: 1, layers: 2, widths: tapering} | dense 1-1 relu         | 35
          30  | 2 | {type: dense, units: 4, layers: 1, batch-norm: before, activation: tanh} | dense 4 tanh, batch norm before | 145
          30  | 2 | {type: dense, units: 4, layers: 1, dropout: 0.2, dropout-type: alpha} | dense 4 relu, alpha dropout 0.2 | 129
          30  | 2 | {type: linear, input-dropout: 0.1}             | linear, input dropout 0.1    | 31
          784 | 10| {type: convolutional, image: 1x28x28, blocks: [{filters: 32}, {filters: 64, kernel: 5, padding: valid, batch-norm: after}], units: 128, head-dropout: 0.5} | conv 32 3x3 64 5x5, batch norm relu + dense 128, dropout 0.5 | 258058
          36  | 2 | {type: convolutional, image: 1x6x6, blocks: [{filters: 2, growth: double, repeat: 2, convolutions: 2}], head-layers: 0} | conv 2-2-4-4 3x3 relu | 287
          """)
  void network_ofEachType_hasTheseWordsAndParameters(
      int inputs, int outputs, String network, String words, long parameters) {
    Candidate candidate = candidate(inputs, outputs, network);

    assertThat(candidate.words()).isEqualTo(words);
    assertThat(candidate.parameters()).isEqualTo(parameters);
    assertThat(candidate.invalid()).isNull();
  }

  @Test
  void units_listedInAChoice_leaveOutLayers() {
    List<Candidate> candidates =
        grid("{type: dense, layers: {choice: [1, 2]}, units: {choice: [8, [5, 3]]}}");

    assertThat(candidates.stream().map(Candidate::words))
        .containsExactlyInAnyOrder("dense 8 relu", "dense 8-8 relu", "dense 5-3 relu");
    for (Candidate candidate : candidates) {
      boolean listed = candidate.words().contains("5-3");
      assertThat(candidate.hyperparameters().containsKey("network.layers")).isNotEqualTo(listed);
      assertThat(candidate.hyperparameters().get("network.units")).isEqualTo(listed ? "5-3" : 8);
    }
  }

  /** 2 + 2 x 2 + 2 x 2 x 2 architectures: the units of layers that are not there do not count. */
  @Test
  void units_independent_belongToTheirLayer() {
    List<Candidate> candidates =
        grid(
            "{type: dense, layers: {min: 1, max: 3}, units: {choice: [8, 16]}, widths:"
                + " independent}");

    assertThat(candidates).hasSize(14);
    assertThat(candidates.stream().map(Candidate::words).distinct()).hasSize(14);
    for (Candidate candidate : candidates) {
      Map<String, Object> values = candidate.hyperparameters();
      int layers = (Integer) values.get("network.layers");
      assertThat(values).doesNotContainKey("network.units");
      assertThat(values.containsKey("network.units.3")).isEqualTo(layers == 3);
      assertThat(((Dense) candidate.point().network()).hidden()).hasSize(layers);
    }
  }

  @Test
  void widths_range_hasTheUnitsOfEitherKind() {
    SearchSpace space =
        space(
            "{type: dense, layers: 2, units: {choice: [8, 16]}, widths: {choice: [same, independent]}}");

    assertThat(space.hyperparameters())
        .containsSubsequence("network.units", "network.units.1", "network.units.2");
    Set<String> seen = new HashSet<>();
    for (double mode : new double[] {0, 1}) {
      Candidate candidate = space.candidate(0, new double[] {0, mode, 1});
      seen.add(candidate.words());
    }
    assertThat(seen).containsExactlyInAnyOrder("dense 8-8 relu", "dense 8-16 relu");
  }

  /** With two values of each interval a grid takes all values of a step. */
  @Test
  void step_inAGrid_isTakenWhole() {
    Set<Object> rates =
        grid("{type: dense, layers: 1, units: 8, dropout: {min: 0, max: 0.6, step: 0.1}}").stream()
            .map(candidate -> candidate.hyperparameters().get("network.dropout"))
            .collect(Collectors.toSet());

    assertThat(rates).containsExactlyInAnyOrder(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  }

  @Test
  void blocks_leftOut_haveNoValues() {
    String network =
        """
        {type: convolutional, image: 5x3x2, head-layers: {choice: [0, 1]}, units: {choice: [8, 16]},
         blocks: [{filters: 2, pooling: none},
                  {repeat: {choice: [0, 1]}, filters: {choice: [3, 4]}, pooling: none}]}
        """;

    List<Candidate> candidates = grid(network);

    assertThat(candidates).hasSize((1 + 2) * (1 + 2));
    Map<String, Object> first = candidates.get(0).hyperparameters();
    assertThat(first).containsKeys("network.blocks[0].filters", "network.blocks[1].repeat");
    for (Candidate candidate : candidates) {
      Map<String, Object> values = candidate.hyperparameters();
      assertThat(values.containsKey("network.blocks[1].filters"))
          .isEqualTo(values.get("network.blocks[1].repeat").equals(1));
      assertThat(values.containsKey("network.units"))
          .isEqualTo(values.get("network.head-layers").equals(1));
    }
  }

  @Test
  void batchNorm_before_standsBetweenSumAndActivation() {
    List<Layer> layers =
        layers(candidate(4, 2, "{type: dense, layers: 1, units: 3, batch-norm: before}"));

    assertThat(layers).hasSize(4);
    assertThat(((DenseLayer) layers.get(0)).getActivationFn()).hasToString("identity");
    assertThat(layers.get(1)).isInstanceOf(BatchNormalization.class);
    assertThat(((ActivationLayer) layers.get(2)).getActivationFn()).hasToString("relu");
    assertThat(layers.get(3)).isInstanceOf(OutputLayer.class);
  }

  /** DL4J drops inputs: those of the next layer are the outputs of this one. */
  @Test
  void dropout_ofEachType_isOnTheNextLayersInput() {
    String network = "{type: dense, layers: 1, units: 3, dropout: 0.2, input-dropout: 0.1%s}";

    assertThat(layers(candidate(4, 2, network.formatted(""))))
        .extracting(Layer::getIDropout)
        .containsExactly(new Dropout(0.9), new Dropout(0.8));
    assertThat(layers(candidate(4, 2, network.formatted(", dropout-type: alpha"))))
        .extracting(Layer::getIDropout)
        .containsExactly(new AlphaDropout(0.9), new AlphaDropout(0.8));
    assertThat(layers(candidate(4, 2, network.formatted(", dropout-type: gaussian"))))
        .extracting(Layer::getIDropout)
        .containsExactly(new GaussianDropout(0.1), new GaussianDropout(0.2));
  }

  @Test
  void weightInit_named_isThatOfEveryLayer() {
    List<Layer> auto =
        layers(candidate(12, 2, "{type: dense, layers: 1, units: 3, weight-init: auto}"));
    List<Layer> lecun =
        layers(candidate(12, 2, "{type: dense, layers: 1, units: 3, weight-init: lecun-uniform}"));

    assertThat(((BaseLayer) auto.get(0)).getWeightInitFn()).isInstanceOf(WeightInitRelu.class);
    assertThat(((BaseLayer) auto.get(1)).getWeightInitFn()).isInstanceOf(WeightInitXavier.class);
    assertThat(((BaseLayer) lecun.get(0)).getWeightInitFn())
        .isEqualTo(new WeightInitDistribution(new UniformDistribution(-0.5, 0.5)));
    assertThat(((BaseLayer) lecun.get(1)).getWeightInitFn())
        .isEqualTo(new WeightInitDistribution(new UniformDistribution(-1, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none                          | None                        | 1
          {type: value, threshold: 0.5} | ClipElementWiseAbsoluteValue| 0.5
          {type: norm, threshold: 2}    | ClipL2PerLayer              | 2
          """)
  void gradientClipping_reachesEveryLayer(
      String clipping, GradientNormalization kind, double threshold) {
    for (Layer layer :
        layers(candidate(4, 2, "{type: linear, gradient-clipping: " + clipping + "}"))) {
      assertThat(((BaseLayer) layer).getGradientNormalization()).isEqualTo(kind);
      assertThat(((BaseLayer) layer).getGradientNormalizationThreshold()).isEqualTo(threshold);
    }
  }

  @Test
  void penalties_reachEveryLayer() {
    for (Layer layer : layers(candidate(4, 2, "{type: linear, l1: 0.1, weight-decay: 0.2}"))) {
      assertThat(((BaseLayer) layer).getRegularization().toString())
          .contains("L1", "0.1", "WeightDecay", "0.2")
          .doesNotContain("L2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          linear                                                                       | linear, input dropout 0.5
          {type: dense, layers: 1, units: 3}                                           | dense 3 relu, dropout 0.5
          {type: convolutional, image: 1x6x6, units: 4, blocks: [{filters: 2}]}        | conv 2 3x3 relu + dense 4, dropout 0.5
          {type: convolutional, image: 1x6x6, head-layers: 0, blocks: [{filters: 2}]}  | conv 2 3x3, dropout 0.5 relu
          """)
  void withDropout_anyNetwork_dropsSomewhere(String network, String words) {
    Candidate candidate = candidate(36, 2, network);

    Candidate dropping = candidate.withDropout(0.5, 36, 2);

    assertThat(candidate.hasDropout()).isFalse();
    assertThat(dropping.hasDropout()).isTrue();
    assertThat(dropping.words()).isEqualTo(words);
    assertThat(dropping.parameters()).isEqualTo(candidate.parameters());
  }

  @Test
  void hasDropout_onTheInputAlone_isTrue() {
    assertThat(candidate(4, 2, "{type: dense, input-dropout: 0.1}").hasDropout()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {filters: 2, repeat: 3}              | block 3: 2x2 pooling on what is 1x1; the rule: it fits in. Maybe pooling: none, or fewer blocks.
          {filters: 2, kernel: 9, padding: valid} | block 1: a 9x9 kernel on what is 6x6; the rule: it fits in. Maybe padding: same.
          {filters: 4096, repeat: 6, growth: double, pooling: none} | block 6 has 131072 filters; the rule: at most 65536.
          """)
  void convolutional_nothingLeft_isAnInvalidCandidate(String block, String cause) {
    Candidate candidate =
        candidate(36, 2, "{type: convolutional, image: 1x6x6, blocks: [" + block + "]}");

    assertThat(candidate.invalid()).isEqualTo(cause);
    assertThat(candidate.parameters()).isZero();
  }

  @Test
  void convolutional_imageOfTheData_isUsedUnlessWritten() {
    SearchConfig config = config("{type: convolutional}");

    var space = new SearchSpace(config.space(), new InputShape(48, new Volume(3, 4, 4)), 2);

    Candidate candidate = space.candidate(0, new double[space.dimensions()]);
    assertThat(MultiLayerConfiguration.fromJson(candidate.network()).getInputPreProcess(0))
        .isEqualTo(new FeedForwardToCnnPreProcessor(4, 4, 3));
    assertThatThrownBy(() -> space(config, 48))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "space.network.image: missing; the rule: channels, height and width of a row that was"
                + " not read as an image. Maybe image: 1x28x28.");
    assertThatThrownBy(() -> space(config("{type: convolutional, image: 1x5x5}"), 48))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "space.network.image: 1x5x5 has 25 values; the rule: the 48 features of a row. Maybe"
                + " type: dense.");
  }
}
