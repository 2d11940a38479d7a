package dev.gauntlet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.TestData;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Scores;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.factory.Nd4j;

/** Every type of network, trained on small images: a bright row or a bright column. */
public abstract class AbstractNetworksTest {
  private static final int SIDE = 6;
  private static final int PIXELS = 2 * SIDE * SIDE;
  private static final String CONVOLUTIONAL =
      "type: convolutional, image: 2x6x6, units: 8, weight-init: he-uniform, blocks: [{filters: 4,"
          + " kernel: 3, padding: valid, batch-norm: %s, dropout: %s}]";

  private final Dataset dataset = images(200);
  private final int[][] parts = Split.part(dataset, Datasets.allRows(dataset), 0.3, new Seed(4));
  private final Preprocessor fitted = TestData.standardized(dataset, parts[0]);
  private final Rows training = new Rows(dataset, parts[0], fitted);
  private final Rows held = new Rows(dataset, parts[1], fitted);

  /** Two channels, the second noise; the line is anywhere, so that no one pixel tells it. */
  private static Dataset images(int rows) {
    Random random = new Random(3);
    float[] values = new float[rows * PIXELS];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 2;
      int line = random.nextInt(SIDE);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        int place = labels[row] == 0 ? pixel / SIDE : pixel % SIDE;
        boolean bright = pixel < SIDE * SIDE && place == line;
        values[row * PIXELS + pixel] = (float) (random.nextGaussian() * 0.3 + (bright ? 2 : 0));
      }
    }
    List<Column> columns = new ArrayList<>();
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      columns.add(Column.numeric("p" + pixel));
    }
    return new Dataset(columns, new Target.Labels(labels, List.of("row", "column")), values);
  }

  protected abstract TrainingEngine engine();

  private TrainedModel train(String network, int epochs) throws TrainingFailedException {
    Candidate candidate =
        TestSpaces.candidate(
            PIXELS, 2, "space.network={" + network + "}", "space.training.epochs=" + epochs);
    return train(candidate);
  }

  private TrainedModel train(Candidate candidate) throws TrainingFailedException {
    assertThat(engine().supports(candidate)).isTrue();
    return engine()
        .train(
            new TrainingTask(
                candidate,
                training,
                held,
                new double[] {1, 1},
                probabilities -> Scores.of(Metric.LOG_LOSS, probabilities, held),
                new Seed(1)));
  }

  private double accuracy(TrainedModel model) {
    return Scores.of(Metric.ACCURACY, model.predictions(held), held);
  }

  @Test
  void convolutional_smallImages_areLearned() throws TrainingFailedException {
    assertThat(accuracy(train(CONVOLUTIONAL.formatted("none", 0), 12))).isGreaterThan(0.9);
    // What a line is no single pixel tells.
    assertThat(accuracy(train("type: linear", 12))).isLessThan(0.75);
  }

  /** Whatever else the process trains. */
  @Test
  void convolutional_manyAtOnce_giveTheBitsOfOneAlone() throws Exception {
    String network = CONVOLUTIONAL.formatted("none", 0.2) + ", head-dropout: 0.2";
    float[] alone = train(network, 3).predictions(held);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<float[]> training = () -> train(network, 3).predictions(held);

      for (Future<float[]> one : pool.invokeAll(Collections.nCopies(8, training))) {
        assertThat(one.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: linear, l1: 1e-3, weight-decay: 1e-3",
        "type: linear, gradient-clipping: {type: norm, threshold: 0.1}",
        "type: dense, units: [12, 6], weight-init: auto, batch-norm: before",
        "type: dense, units: 9, layers: 3, widths: tapering, weight-init: lecun-uniform",
        "type: dense, layers: 1, units: 8, activation: selu, dropout: 0.1, dropout-type: alpha",
        "type: dense, layers: 1, units: 8, input-dropout: 0.1, dropout-type: gaussian",
        "type: dense, layers: 1, units: 8, gradient-clipping: {type: value, threshold: 0.01}",
        "type: convolutional, image: 2x6x6, blocks: [{filters: 2, convolutions: 2, pooling:"
            + " average}], head-layers: 0",
      })
  void anyNetwork_fewEpochs_lowerTheLoss(String network) throws TrainingFailedException {
    List<Double> losses = train(network, 4).curve().losses();

    assertThat(losses.get(3)).isFinite().isLessThan(losses.get(0));
    assertThat(train(network, 4).curve().losses()).isEqualTo(losses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "alpha", "gaussian"})
  void pass_ofEachDropout_vary(String type) throws TrainingFailedException {
    String dropping = CONVOLUTIONAL.formatted("before", 0.3) + ", dropout-type: " + type;
    TrainedModel model = train(dropping, 3);

    float[] pass = model.sampler(held).pass(new Seed(5));

    assertThat(model.sampler(held).pass(new Seed(5))).isEqualTo(pass);
    assertThat(model.sampler(held).pass(new Seed(6))).isNotEqualTo(pass);
    assertThat(pass).isNotEqualTo(model.predictions(held));
  }

  /** A row gets the same alone as among others: no statistics of the batch. */
  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void pass_batchNorm_staysInInferenceMode(String place) throws TrainingFailedException {
    for (String network :
        List.of(
            CONVOLUTIONAL.formatted(place, 0.3),
            "type: dense, layers: 2, units: 5, dropout: 0.3, batch-norm: " + place)) {
      TrainedModel model = train(network, 2);
      Rows one = new Rows(dataset, new int[] {parts[1][0]}, fitted);

      float[] among = Arrays.copyOf(model.sampler(held).pass(new Seed(5)), 2);
      assertThat(model.sampler(one).pass(new Seed(5))).containsExactly(among, within(1e-6f));
      assertThat(among).isNotEqualTo(Arrays.copyOf(model.predictions(held), 2));
    }
  }

  /** The mean of many passes of inverted dropout is near what the network puts out without it. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "alpha", "gaussian"})
  void dropout_ofEachType_keepsTheMean(String type) throws TrainingFailedException {
    TrainedModel model = train("type: linear, input-dropout: 0.1, dropout-type: " + type, 2);
    float[] plain = model.predictions(held);
    double[] mean = AbstractTrainingEngineTest.meanOfPasses(model, held);
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo(plain[i], within(0.1));
    }
  }

  /** With the optimizer of its file; dropout is added to the network itself. */
  @Test
  void arbiter_space_isTrained(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("space.json"), TestSpaces.arbiter(2));
    SearchConfig config =
        TestSpaces.config(
            "data: {path: x.csv, label: y}\n"
                + ("space: {network: {type: arbiter, file: " + file + "}, training: {epochs: 3}}"));
    var space = new SearchSpace(config.space(), PIXELS, 2);
    Candidate candidate = space.candidate(0, new double[space.dimensions()]);

    TrainedModel plain = train(candidate);
    TrainedModel dropping = train(candidate.withDropout(0.5, PIXELS, 2));

    assertThat(plain.curve().losses().get(2)).isLessThan(plain.curve().losses().get(0));
    assertThat(plain.sampler(held).pass(new Seed(5))).isEqualTo(plain.predictions(held));
    assertThat(dropping.sampler(held).pass(new Seed(5))).isNotEqualTo(dropping.predictions(held));
  }

  /** The file takes flat rows, as the data has them. */
  @Test
  void file_convolutional_takesFlatRows() throws Exception {
    TrainedModel model = train(CONVOLUTIONAL.formatted("after", 0.2), 2);

    Pair<MultiLayerNetwork, Normalizer> loaded =
        ModelSerializer.restoreMultiLayerNetworkAndNormalizer(
            new ByteArrayInputStream(model.file()), true);
    INDArray row = Nd4j.createFromArray(TestData.raw(dataset, parts[1][0])).reshape(1, PIXELS);
    ((DataNormalization) loaded.getSecond()).transform(row);
    float[] output = loaded.getFirst().output(row, false).dup('c').data().asFloat();

    // One sigmoid unit: the probability of the second class.
    assertThat(output).hasSize(1);
    assertThat(output[0]).isCloseTo(model.predictions(held)[1], within(1e-5f));
  }
}
