package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.Stage;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Beside DL4J: from the same weights, over the same batches, to the same weights. */
class ParityTest {
  private static final Pattern IMAGE = Pattern.compile("image: ([0-9x]+)");

  /** Of a table, or of an image. */
  private static int features(String overrides) {
    Matcher image = IMAGE.matcher(overrides);
    return image.find()
        ? Stream.of(image.group(1).split("x"))
            .mapToInt(Integer::parseInt)
            .reduce(1, Math::multiplyExact)
        : 6;
  }

  private static Dataset dataset(String overrides) {
    int features = features(overrides);
    if (overrides.contains("regression")) {
      return TestData.line(features, 3, 320);
    }
    return overrides.contains("binary")
        ? TestData.clusters(features, 1, 11, 200, 120)
        : TestData.clusters(features, 1, 11, 150, 100, 70);
  }

  private static Candidate candidate(String overrides, int epochs) {
    List<String> all = new ArrayList<>(List.of(overrides.split(";")));
    all.remove("binary");
    all.add("space.training.epochs=" + epochs);
    return TestSpaces.candidate(
        features(overrides), dataset(overrides).outputs(), all.toArray(String[]::new));
  }

  /** So many rows in batches of 32. */
  private static TrainingTask task(
      Candidate candidate, Dataset dataset, int rows, int until, byte[] from) {
    Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
    int[] index = new int[rows];
    for (int i = 0; i < rows; i++) {
      index[i] = i * 7 % dataset.rows();
    }
    int classes = dataset.outputs();
    double[] weights = {0.5, 2, 1};
    return new TrainingTask(
        candidate,
        new Rows(dataset, index, fitted),
        new Rows(dataset, new int[0], fitted),
        classes == 1 ? new double[0] : Arrays.copyOf(weights, classes),
        predictions -> 0,
        new Seed(9),
        new Stage(until, from),
        EpochListener.NONE);
  }

  private static List<float[]> trained(
      TrainingEngine engine, Candidate candidate, Dataset dataset, int rows)
      throws TrainingFailedException, IOException {
    assertThat(engine.supports(candidate)).isTrue();
    return state(engine.train(task(candidate, dataset, rows, candidate.plan().epochs(), null)));
  }

  /** Weights, statistics and the optimizer's state; losses. */
  private static List<float[]> state(TrainedModel model) throws IOException {
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    var state = network.getUpdater().getStateViewArray();
    float[] losses = new float[model.curve().losses().size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = model.curve().losses().get(i).floatValue();
    }
    return List.of(
        network.params().dup('c').data().asFloat(),
        state == null ? new float[0] : state.dup('c').data().asFloat(),
        losses);
  }

  private static void requireClose(String overrides, int rows, int epochs, double bound)
      throws Exception {
    requireClose(candidate(overrides, epochs), dataset(overrides), rows, bound);
  }

  private static void requireClose(Candidate candidate, Dataset dataset, int rows, double bound)
      throws Exception {
    List<float[]> expected = trained(new Dl4jEngine(), candidate, dataset, rows);
    requireClose(expected, trained(new FusedEngine(), candidate, dataset, rows), bound);
  }

  private static void requireClose(List<float[]> expected, List<float[]> actual, double bound) {
    for (int part = 0; part < expected.size(); part++) {
      double squares = 0;
      double errors = 0;
      for (int i = 0; i < expected.get(part).length; i++) {
        double difference = (double) actual.get(part)[i] - expected.get(part)[i];
        squares += (double) expected.get(part)[i] * expected.get(part)[i];
        errors += difference * difference;
      }
      assertThat(actual.get(part)).hasSameSizeAs(expected.get(part));
      assertThat(Math.sqrt(errors))
          .as("part " + part)
          .isCloseTo(0, within(bound * Math.sqrt(squares)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space.network.activation=identity",
        "space.network.activation=relu",
        "space.network.activation=leaky-relu",
        "space.network.activation=elu",
        "space.network.activation=selu",
        "space.network.activation=gelu",
        "space.network.activation=swish",
        "space.network.activation=softplus",
        "space.network.activation=tanh",
        "space.network.activation=sigmoid",
        "space.network.activation=softsign",
        "binary;space.network.activation=sigmoid",
        "task=regression",
        "task=regression;space.training.loss=mae",
        "space.network.batch-norm=after",
        "space.network.batch-norm=before;space.optimizer={type: sgd, learning-rate: 0.1}",
        "space.network.l2=0.01",
        "space.network.l1=0.01",
        "space.network.weight-decay=0.01",
        "space.network.gradient-clipping={type: value, threshold: 0.01}",
        "space.network.gradient-clipping={type: norm, threshold: 0.01}",
        "space.network.gradient-clipping={type: norm, threshold: 0.01};space.network.batch-norm=after",
        "space.optimizer={type: sgd, learning-rate: 0.1}",
        "space.optimizer={type: sgd, learning-rate: 0.1, momentum: 0.9}",
        "space.optimizer={type: adam, learning-rate: 0.01};space.network.batch-norm=after",
        "space.optimizer={type: adamax, learning-rate: 0.01}",
        "space.optimizer={type: nadam, learning-rate: 0.001}",
        "space.optimizer={type: amsgrad, learning-rate: 0.01}",
        "space.optimizer={type: rmsprop, learning-rate: 0.01}",
        "space.optimizer={type: adagrad, learning-rate: 0.01}",
        "space.optimizer={type: adadelta}",
        "space.optimizer={type: sgd, learning-rate: 0.1, schedule: cosine}"
      })
  void train_oneStepAndOneEpoch_givesTheWeightsOfDl4j(String overrides) throws Exception {
    requireClose(overrides, 32, 1, 1e-5);
    requireClose(overrides, 310, 1, 1e-3);
    requireClose(overrides, 310, 3, 1e-2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blocks: [{filters: 3}], activation: tanh",
        "blocks: [{filters: 3, padding: valid, pooling: none}], activation: softsign",
        "blocks: [{filters: 4, kernel: 2, pooling: average, convolutions: 2}], activation: tanh",
        "blocks: [{filters: 4, kernel: 5, pool-size: 3}], head-layers: 0, activation: sigmoid",
        "blocks: [{filters: 3, repeat: 2, growth: double, padding: valid, pooling: none}]",
        "blocks: [{filters: 4}, {filters: 5, kernel: 1, pooling: average}], activation: elu",
        "blocks: [{filters: 3, batch-norm: before}], activation: tanh",
        "blocks: [{filters: 3, batch-norm: after, repeat: 2}], activation: softplus",
        "blocks: [{filters: 3}], l1: 0.001, l2: 0.01, activation: tanh",
        "blocks: [{filters: 3}], gradient-clipping: {type: norm, threshold: 0.01}, activation: elu",
        "image: 3x11x12, blocks: [{filters: 4, convolutions: 2, pool-size: 3}], activation: tanh",
        "image: 1x14x13, blocks: [{filters: 4, convolutions: 2, padding: valid}], activation: elu",
        // Ten images to a group.
        "blocks: [{filters: 600}], activation: tanh",
        "blocks: [{filters: 33, convolutions: 2, kernel: 3, pool-size: 2}], activation: tanh"
      })
  void train_convolutions_giveTheWeightsOfDl4j(String network) throws Exception {
    String image = network.startsWith("image") ? "" : "image: 2x7x6, ";
    String overrides =
        "space.network={type: convolutional, units: 6, %s%s};".formatted(image, network)
            + "space.optimizer={type: sgd, learning-rate: 0.05, momentum: 0.9}";

    requireClose(overrides, 32, 1, 1e-5);
    requireClose(overrides, 310, 1, 1e-3);
  }

  /** In a mixed fleet a stage may run on a GPU, with the one engine, and the next on a CPU. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "space.optimizer={type: adam, learning-rate: 0.01};space.network.batch-norm=after",
        "space.optimizer={type: sgd, learning-rate: 0.1, momentum: 0.9};space.network={type:"
            + " convolutional, image: 2x7x6, units: 6, activation: tanh, blocks: [{filters: 3}]}"
      })
  void train_stagesWithBothEngines_giveTheWeightsOfOne(String overrides) throws Exception {
    Candidate candidate = candidate(overrides, 3);
    Dataset dataset = dataset(overrides);
    List<float[]> expected = trained(new FusedEngine(), candidate, dataset, 310);
    for (TrainingEngine first : List.of(new Dl4jEngine(), new FusedEngine())) {
      TrainingEngine second = first instanceof FusedEngine ? new Dl4jEngine() : new FusedEngine();

      byte[] checkpoint = first.train(task(candidate, dataset, 310, 1, null)).checkpoint();
      TrainedModel model = second.train(task(candidate, dataset, 310, 3, checkpoint));

      requireClose(expected, state(model), 1e-2);
    }
  }

  /** As only a file of Arbiter may have them: each needs what the one before gave. */
  @ParameterizedTest
  @EnumSource(names = {"RELU", "ELU", "TANH", "SIGMOID", "SWISH", "IDENTITY"})
  void train_functionsOneAfterTheOther_givesTheWeightsOfDl4j(
      org.nd4j.linalg.activations.Activation function) throws Exception {
    String overrides =
        "space.network={type: convolutional, image: 2x7x6, blocks: [{filters: 3}]};"
            + "space.optimizer={type: sgd, learning-rate: 0.05, momentum: 0.9}";
    Candidate known = candidate(overrides, 1);
    var last = (BaseLayer) MultiLayerConfiguration.fromJson(known.network()).getConf(0).getLayer();
    MultiLayerConfiguration network =
        new NeuralNetConfiguration.Builder()
            .updater(last.getIUpdater())
            .seed(0)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 2).nOut(4).activation(function).build())
            .layer(new ActivationLayer(function))
            .layer(
                new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 1).stride(2, 1).build())
            .layer(new ActivationLayer(function))
            .layer(new ActivationLayer(org.nd4j.linalg.activations.Activation.SOFTSIGN))
            .layer(new DenseLayer.Builder().nOut(5).activation(function).build())
            .layer(new ActivationLayer(org.nd4j.linalg.activations.Activation.TANH))
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(3)
                    .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(7, 6, 2))
            .build();
    var candidate = new Candidate(0, known.point(), network.toJson(), "", 0, Map.of(), null);

    requireClose(candidate, dataset(overrides), 32, 1e-5);
    requireClose(candidate, dataset(overrides), 310, 1e-3);
  }
}
