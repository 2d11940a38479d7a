package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.AdamSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ArbiterNetworksTest {
  @TempDir Path folder;

  private SearchConfig config(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("space.json"), json);
    return TestSpaces.config(
        """
        data: {path: x.csv, label: y}
        space: {network: {type: arbiter, file: %s}, training: {epochs: 3}}
        search: {strategy: {type: grid, steps: 3}, candidates: 1000}
        """
            .formatted(file));
  }

  private SearchSpace space(String json) throws IOException {
    return new SearchSpace(config(json).space(), 30, 2);
  }

  @Test
  void candidate_ofASpace_hasItsLeavesByName() throws IOException {
    SearchSpace space = space(TestSpaces.arbiter(2));

    Candidate candidate = space.candidate(0, new double[space.dimensions()]);

    assertThat(space.dimensions()).isEqualTo(4);
    assertThat(space.hyperparameters())
        .startsWith(
            "network.updater.learning-rate",
            "network.layer_0.activation-function.activation",
            "network.layer_0.n-out",
            "network.layer_0.layers");
    assertThat(candidate.hyperparameters())
        .containsEntry("network.updater.learning-rate", 1e-3)
        .containsEntry("network.layer_0.activation-function.activation", "RELU")
        .containsEntry("network.layer_0.n-out", 4)
        .containsEntry("training.epochs", 3);
    assertThat(space.ranges())
        .contains(
            new Dimension("network.updater.learning-rate", "", "continuous", "0.001 to 0.01"),
            new Dimension(
                "network.layer_0.activation-function.activation", "", "choice", "RELU, TANH"),
            new Dimension("network.layer_0.n-out", "", "integer", "4 to 16"));
    assertThat(candidate.words()).isEqualTo("arbiter dense 4, output 2");
    assertThat(candidate.parameters()).isEqualTo(30 * 4 + 4 + 4 * 2 + 2);
    var first = MultiLayerConfiguration.fromJson(candidate.network()).getConf(0);
    assertThat(((Adam) ((BaseLayer) first.getLayer()).getIUpdater()).getLearningRate())
        .isEqualTo(1e-3);
    assertThat(first.getSeed()).isZero();
    assertThat(space.candidate(0, new double[space.dimensions()])).isEqualTo(candidate);
  }

  /** 3 rates x 2 activations x 3 widths x 2 depths. */
  @Test
  void grid_ofASpace_takesItsLeaves() throws IOException {
    SearchConfig config = config(TestSpaces.arbiter(2));
    var space = new SearchSpace(config.space(), 30, 2);

    List<Candidate> candidates = TestSpaces.candidates(config, space);

    assertThat(candidates.stream().map(Candidate::network).distinct()).hasSize(36);
    assertThat(candidates).hasSize(36);
  }

  @Test
  void withDropout_dropsBehindTheFirstLayer() throws IOException {
    SearchSpace space = space(TestSpaces.arbiter(2));
    Candidate candidate = space.candidate(0, new double[space.dimensions()]);

    Candidate dropping = candidate.withDropout(0.5, 30, 2);

    assertThat(candidate.hasDropout()).isFalse();
    assertThat(dropping.hasDropout()).isTrue();
    assertThat(dropping.words()).isEqualTo("arbiter dense 4, output 2 behind dropout");
  }

  @Test
  void file_thatIsNoSpace_isRefused() throws IOException {
    String good = TestSpaces.arbiter(2);
    refused("", "no \"@class\" at its top");
    refused("{", "not JSON: ");
    refused("[1]", "no \"@class\" at its top");
    refused("{\"@class\": \"java.net.URL\"}", "of class java.net.URL");
    refused(good.replace("AdamSpace", "NoSpace"), "Arbiter does not read it: ");
    refused(good.replace("org.nd4j.linalg.activations.Activation", "java.net.URL"), "@valueclass");
    refused(TestSpaces.arbiter(3), "the output layer has 3 outputs; the rule: 2, as the data.");
    Files.delete(folder.resolve("space.json"));
    assertThatThrownBy(() -> new SpaceFile(folder.resolve("space.json").toString()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("space.json: no such file; the rule: a file of this machine.");
  }

  @Test
  void file_ofImagesThatAreNoRows_isRefused() throws IOException {
    String image =
        new MultiLayerSpace.Builder()
            .setInputType(InputType.convolutional(2, 2, 1))
            .addLayer(
                new OutputLayerSpace.Builder()
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .lossFunction(LossFunction.MCXENT)
                    .build())
            .build()
            .toJson();

    refused(image, "; the rule: feedForward or convolutionalFlat, as rows of data are.");
  }

  @Test
  void ranges_ofADistributionWithoutEnds_areShown() throws IOException {
    String json =
        new MultiLayerSpace.Builder()
            .updater(
                new AdamSpace(new ContinuousParameterSpace(new NormalDistribution(0.01, 1e-3))))
            .addLayer(
                new OutputLayerSpace.Builder()
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .lossFunction(LossFunction.MCXENT)
                    .build())
            .build()
            .toJson();

    assertThat(space(json).ranges())
        .contains(
            new Dimension(
                "network.updater.learning-rate", "", "continuous", "-Infinity to Infinity"));
  }

  private void refused(String json, String what) {
    assertThatThrownBy(() -> space(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("space.network.file: " + folder.resolve("space.json") + ": ")
        .hasMessageContaining(what);
  }

  /** Arbiter would deserialise it, whatever its class. */
  @Test
  void file_withSerialisedObjects_isReadForValuesAlone() throws IOException {
    String fixed = "\"@valueclass\" : \"java.lang.Integer\",\n        \"value\" : 2";
    String good = TestSpaces.arbiter(2);
    assertThat(good).contains(fixed);

    assertThat(space(good.replace(fixed, serialised(2))).dimensions()).isEqualTo(4);
    refused(good.replace(fixed, serialised(new File("x"))), "serialised data: ");
    refused(good.replace(fixed, serialised(new Random(1))), "serialised data: ");
  }

  private static String serialised(Object value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(value);
    }
    return "\"@valueclass\" : \"java.lang.Integer\", \"data\" : \""
        + Base64.getEncoder().encodeToString(bytes.toByteArray())
        + "\"";
  }

  /** One to three characters of a good file are others. */
  @Test
  void file_damagedAnywhere_isRefusedOrRead() throws IOException {
    String good = TestSpaces.arbiter(2);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder(good);
      for (int change = random.nextInt(3); change >= 0; change--) {
        text.setCharAt(random.nextInt(good.length()), "{}[]\":,0-9eXn".charAt(random.nextInt(13)));
      }
      String damaged = text.toString();
      assertThatCode(
              () -> {
                try {
                  SearchSpace space = space(damaged);
                  space.candidate(0, new double[space.dimensions()]);
                } catch (InvalidInputException e) {
                  assertThat(e.problems()).isNotEqualTo(List.of());
                }
              })
          .as(damaged)
          .doesNotThrowAnyException();
    }
  }
}
