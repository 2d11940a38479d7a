package dev.gauntlet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import dev.gauntlet.data.TestData;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.Stage;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Scores;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.factory.Nd4j;

/** What every engine must keep. */
public abstract class AbstractTrainingEngineTest {
  private static final String[] EVERYTHING = {
    "space.network.batch-norm=true",
    "space.network.dropout=0.3",
    "space.network.l2=1e-3",
    "space.training.batch-size=16"
  };

  private final Dataset dataset = TestData.clusters(6, 1.5, 11, 120, 60, 30);
  private final int[][] parts = Split.part(dataset, Datasets.allRows(dataset), 0.3, new Seed(4));
  private final Preprocessor fitted = TestData.standardized(dataset, parts[0]);
  private final Rows training = new Rows(dataset, parts[0], fitted);
  private final Rows held = new Rows(dataset, parts[1], fitted);

  protected abstract TrainingEngine engine();

  /** How far its predictions may be from those that DL4J makes with the same weights. */
  protected abstract float rounding();

  private TrainingTask task(long seed, String... overrides) {
    return task(new double[] {1, 1, 1}, seed, overrides);
  }

  private TrainingTask task(double[] classWeights, long seed, String... overrides) {
    Candidate candidate = TestSpaces.candidate(6, 3, overrides);
    Metric metric = candidate.plan().earlyStopping().metric();
    return new TrainingTask(
        candidate,
        training,
        held,
        classWeights,
        probabilities -> Scores.of(metric, probabilities, held),
        new Seed(seed));
  }

  private float[] trained(TrainingTask task) throws TrainingFailedException {
    return engine().train(task).predictions(held);
  }

  @Test
  void train_separableClasses_learnsThem() throws TrainingFailedException {
    float[] probabilities = trained(task(1, "space.training.epochs=30"));

    assertThat(Scores.of(Metric.ACCURACY, probabilities, held)).isGreaterThan(0.85);
    for (int i = 0; i < held.size(); i++) {
      float sum = probabilities[3 * i] + probabilities[3 * i + 1] + probabilities[3 * i + 2];
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void train_sameTask_givesTheSameBits() throws TrainingFailedException {
    float[] first = trained(task(1, EVERYTHING));

    assertThat(trained(task(1, EVERYTHING))).isEqualTo(first);
    assertThat(trained(task(2, EVERYTHING))).isNotEqualTo(first);
  }

  @Test
  void train_besideOthers_givesTheSameBits() throws Exception {
    float[] alone = trained(task(1, EVERYTHING));
    var pool = Executors.newFixedThreadPool(3);
    try {
      List<Callable<float[]>> tasks =
          List.of(
              () -> trained(task(1, EVERYTHING)),
              () -> trained(task(2, EVERYTHING)),
              () -> trained(task(1, EVERYTHING)));
      List<Future<float[]>> results = pool.invokeAll(tasks);

      assertThat(results.get(0).get()).isEqualTo(alone);
      assertThat(results.get(2).get()).isEqualTo(alone);
    } finally {
      pool.shutdown();
    }
  }

  /** An untrained network would have a score too. */
  @Test
  void train_noRows_fails() {
    TrainingTask full = task(1);
    var none = new Rows(dataset, new int[0], fitted);
    var task =
        new TrainingTask(
            full.candidate(), none, held, full.classWeights(), scores -> 0, full.seed());

    assertThatThrownBy(() -> engine().train(task))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage("no rows to train on");
  }

  @Test
  void train_earlyStopping_restoresTheBestEpoch() throws TrainingFailedException {
    TrainedModel model =
        engine()
            .train(
                task(
                    1,
                    "space.training.epochs=60",
                    "space.optimizer.learning-rate=0.05",
                    "space.training.early-stopping={patience: 3}"));

    List<Double> scores = model.curve().scores();
    double best = scores.stream().min(Double::compare).orElseThrow();
    assertThat(model.curve().epochs()).isLessThan(60);
    assertThat(model.curve().bestEpoch()).isEqualTo(model.curve().epochs() - 3);
    assertThat(scores.get(model.curve().bestEpoch() - 1)).isEqualTo(best);
    assertThat(Scores.of(Metric.LOG_LOSS, model.predictions(held), held)).isEqualTo(best);
  }

  @Test
  void train_withoutEarlyStopping_trainsEveryEpoch() throws TrainingFailedException {
    TrainedModel model = engine().train(task(1));

    assertThat(model.curve().epochs()).isEqualTo(10);
    assertThat(model.curve().bestEpoch()).isEqualTo(10);
    assertThat(model.curve().losses().get(9)).isLessThan(model.curve().losses().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sgd      | none
          nesterov | {type: step, every: 2}
          adam     | cosine
          adamax   | {type: exponential, factor: 0.9}
          nadam    | inverse
          amsgrad  | poly
          rmsprop  | {type: sigmoid, step: 3}
          adagrad  | {type: cosine, min-share: 0.1}, warm-up: 2
          """)
  void train_anyOptimizer_reducesTheLoss(String type, String schedule) throws Exception {
    String optimizer = "{type: %s, learning-rate: 0.01, schedule: %s}".formatted(type, schedule);

    requireLowerLoss("space.optimizer=" + optimizer);
  }

  @Test
  void train_adadelta_reducesTheLoss() throws TrainingFailedException {
    requireLowerLoss("space.optimizer=adadelta");
  }

  private void requireLowerLoss(String optimizer) throws TrainingFailedException {
    List<Double> losses =
        engine().train(task(1, optimizer, "space.training.epochs=6")).curve().losses();

    assertThat(losses.get(5)).isLessThan(losses.get(0));
  }

  /** A rate that is all but 0 after the first epoch leaves the weights as they are. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adagrad"})
  void train_schedule_isFollowedEpochByEpoch(String type) throws Exception {
    String schedule = "{type: exponential, factor: 1e-30}";
    String optimizer =
        "space.optimizer={type: %s, learning-rate: 0.1, schedule: %s}".formatted(type, schedule);

    TrainedModel one = engine().train(task(1, optimizer, "space.training.epochs=1"));
    TrainedModel four = engine().train(task(1, optimizer, "space.training.epochs=4"));

    assertThat(four.predictions(held)).isEqualTo(one.predictions(held));
    assertThat(four.curve().losses().get(3)).isLessThan(four.curve().losses().get(0));
    MultiLayerNetwork loaded =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(four.file()));
    assertThat(loaded.getEpochCount()).isEqualTo(4);
    assertThat(loaded.getLearningRate(0)).isCloseTo(1e-121, within(1e-130));
  }

  /** Inputs of activations reach 1e3 here, where an exponential overflows. */
  @ParameterizedTest
  @ValueSource(strings = {"gelu", "swish", "softplus"})
  void train_largeActivations_staysFinite(String activation) throws Exception {
    TrainedModel model =
        engine()
            .train(
                task(
                    1,
                    "space.network.activation=" + activation,
                    "space.optimizer={type: adam, learning-rate: 10}"));

    assertThat(model.curve().losses()).hasSize(10).allMatch(Double::isFinite);
    MultiLayerNetwork loaded =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    assertThat(loaded.getLayerWiseConfigurations().toJson())
        .containsIgnoringCase("Activation" + activation)
        .doesNotContain("gauntlet");
  }

  /** Stages give the bits of one training: weights, updater, batch norm, dropout, best epoch. */
  @Test
  void train_inStages_givesTheSameBits() throws TrainingFailedException {
    String[] stopping = Arrays.copyOf(EVERYTHING, EVERYTHING.length + 1);
    stopping[EVERYTHING.length] = "space.training.early-stopping={patience: 3}";
    String[] scheduled = Arrays.copyOf(EVERYTHING, EVERYTHING.length + 1);
    scheduled[EVERYTHING.length] = "space.optimizer={type: nadam, schedule: cosine, warm-up: 4}";
    for (String[] overrides : List.of(EVERYTHING, stopping, scheduled)) {
      TrainingTask whole = task(1, overrides);
      TrainedModel atOnce = engine().train(whole);

      TrainedModel first = engine().train(stage(whole, 3, null));
      TrainedModel second = engine().train(stage(whole, 4, first.checkpoint()));
      TrainedModel third = engine().train(stage(whole, 10, second.checkpoint()));

      assertThat(first.curve().epochs()).isEqualTo(3);
      assertThat(third.predictions(held)).isEqualTo(atOnce.predictions(held));
      assertThat(third.curve()).isEqualTo(atOnce.curve());
      assertThat(third.checkpoint()).isNull();
      assertThat(second.predictions(held)).isNotEqualTo(atOnce.predictions(held));
    }
  }

  /** What early stopping ended has nothing to go on with. */
  @Test
  void train_stageAfterEarlyStopping_trainsNoMore() throws TrainingFailedException {
    TrainingTask whole =
        task(
            1,
            "space.training.epochs=60",
            "space.optimizer.learning-rate=0.05",
            "space.training.early-stopping={patience: 3}");
    TrainedModel stopped = engine().train(stage(whole, 59, null));

    TrainedModel after = engine().train(stage(whole, 60, stopped.checkpoint()));

    assertThat(stopped.curve().epochs()).isLessThan(50);
    assertThat(after.curve()).isEqualTo(stopped.curve());
    assertThat(after.predictions(held)).isEqualTo(stopped.predictions(held));
  }

  @Test
  void train_damagedCheckpoint_isRefused() throws TrainingFailedException {
    byte[] checkpoint = engine().train(stage(task(1), 2, null)).checkpoint();

    for (int length : new int[] {0, 3, 30, checkpoint.length / 2, checkpoint.length - 1}) {
      byte[] damaged = Arrays.copyOf(checkpoint, length);
      assertThatThrownBy(() -> engine().train(stage(task(1), 4, damaged)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void train_listener_hearsTheEpochsOfTheStage() throws TrainingFailedException {
    TrainingTask whole = task(1, "space.training.epochs=5");
    byte[] checkpoint = engine().train(stage(whole, 2, null)).checkpoint();
    List<Integer> epochs = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    EpochListener listener =
        (epoch, loss) -> {
          epochs.add(epoch);
          losses.add(loss);
        };

    TrainedModel model = engine().train(stage(whole, 5, checkpoint, listener));

    assertThat(epochs).containsExactly(3, 4, 5);
    assertThat(losses).isEqualTo(model.curve().losses().subList(2, 5));
  }

  /** As when a deadline has passed: the thread is not held any longer. */
  @Test
  void train_interruptedThread_isCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> engine().train(task(1))).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static TrainingTask stage(TrainingTask whole, int until, byte[] from) {
    return stage(whole, until, from, EpochListener.NONE);
  }

  private static TrainingTask stage(
      TrainingTask whole, int until, byte[] from, EpochListener listener) {
    return new TrainingTask(
        whole.candidate(),
        whole.training(),
        whole.stopping(),
        whole.classWeights(),
        whole.stoppingScore(),
        whole.seed(),
        new Stage(until, from),
        listener);
  }

  @Test
  void train_divergingLoss_failsWithItsCause() {
    assertThatThrownBy(() -> trained(task(1, "space.optimizer={type: sgd, learning-rate: 1e30}")))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageMatching("loss became (NaN|infinite) in epoch \\d+");
  }

  /** It would be no improvement, epoch after epoch, and the first weights would win. */
  @Test
  void train_stoppingScoreThatIsNotANumber_failsWithItsCause() {
    TrainingTask watched = task(1, "space.training.early-stopping={patience: 3, metric: roc-auc}");
    TrainingTask undefined =
        new TrainingTask(
            watched.candidate(),
            training,
            held,
            watched.classWeights(),
            probabilities -> Double.NaN,
            watched.seed());

    assertThatThrownBy(() -> trained(undefined))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage("roc-auc is not defined on the 63 rows that early stopping watches");
  }

  /** A class of weight 0 is never predicted; a heavy one more often than by its share. */
  @Test
  void train_classWeights_scaleTheLoss() throws TrainingFailedException {
    assertThat(predictions(new double[] {1, 1, 0})[2]).isZero();
    assertThat(predictions(new double[] {1, 1, 50})[2])
        .isGreaterThan(predictions(new double[] {1, 1, 1})[2]);
  }

  /** A number of one unit for two classes, as an Arbiter space may have it. */
  @Test
  void train_weightsForALossThatHasNone_fails() throws TrainingFailedException {
    Dataset pair = TestData.clusters(6, 1, 11, 30, 30);
    int[] all = Datasets.allRows(pair);
    Rows rows = new Rows(pair, all, TestData.standardized(pair, all));
    Candidate squared = TestSpaces.candidate(6, 1, "task=regression");
    double[] none = {1, 1};
    var fine = new TrainingTask(squared, rows, rows, none, scores -> 0, new Seed(1));
    var weighted = new TrainingTask(squared, rows, rows, new double[] {1, 2}, s -> 0, new Seed(1));

    assertThat(engine().train(fine).curve().epochs()).isEqualTo(10);
    assertThatThrownBy(() -> engine().train(weighted))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage(
            "class weights with LossMSE; the rule: with LossMCXENT or LossNegativeLogLikelihood");
  }

  private int[] predictions(double[] classWeights) throws TrainingFailedException {
    float[] probabilities = trained(task(classWeights, 1));
    int[] counts = new int[3];
    for (int i = 0; i < held.size(); i++) {
      float[] row = Arrays.copyOfRange(probabilities, 3 * i, 3 * i + 3);
      counts[row[0] >= row[1] && row[0] >= row[2] ? 0 : row[1] >= row[2] ? 1 : 2]++;
    }
    return counts;
  }

  @Test
  void pass_seed_decidesTheMasks() throws TrainingFailedException {
    TrainedModel model = engine().train(task(1, EVERYTHING));

    float[] pass = model.sampler(held).pass(new Seed(5));

    assertThat(model.sampler(held).pass(new Seed(5))).isEqualTo(pass);
    assertThat(model.sampler(held).pass(new Seed(6))).isNotEqualTo(pass);
  }

  @Test
  void pass_ofOneSampler_dependsOnNoOtherPass() throws TrainingFailedException {
    DropoutSampler sampler = engine().train(task(1, EVERYTHING)).sampler(held);

    float[] first = sampler.pass(new Seed(5));
    float[] second = sampler.pass(new Seed(6));

    assertThat(sampler.pass(new Seed(5))).isEqualTo(first);
    assertThat(sampler.pass(new Seed(6))).isEqualTo(second);
  }

  /** Batch normalisation with the batch's own statistics would fail this too. */
  @Test
  void pass_ofFewerRows_givesTheirBits() throws TrainingFailedException {
    TrainedModel model = engine().train(task(1, EVERYTHING));
    float[] all = model.sampler(held).pass(new Seed(5));

    for (int size : new int[] {0, 1, 17, held.size() - 1}) {
      Rows few = new Rows(dataset, Arrays.copyOf(parts[1], size), fitted);
      assertThat(model.sampler(few).pass(new Seed(5))).isEqualTo(Arrays.copyOf(all, 3 * size));
    }
  }

  /** The row in another place has another mask. */
  @Test
  void pass_place_decidesTheMask() throws TrainingFailedException {
    TrainedModel model = engine().train(task(1, EVERYTHING));
    Rows twice = new Rows(dataset, new int[] {parts[1][0], parts[1][0]}, fitted);

    float[] pass = model.sampler(twice).pass(new Seed(5));

    assertThat(Arrays.copyOf(pass, 3)).isNotEqualTo(Arrays.copyOfRange(pass, 3, 6));
  }

  @Test
  void pass_besideOthers_givesTheSameBits() throws Exception {
    TrainingTask task = task(1, EVERYTHING);
    float[] alone = engine().train(task).sampler(held).pass(new Seed(5));
    var pool = Executors.newFixedThreadPool(3);
    try {
      Callable<float[]> pass = () -> engine().train(task).sampler(held).pass(new Seed(5));
      for (Future<float[]> result : pool.invokeAll(List.of(pass, pass, pass))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Without dropout a pass is the prediction, also for one row: no statistics of the batch. */
  @Test
  void pass_batchNorm_staysInInferenceMode() throws TrainingFailedException {
    TrainedModel model =
        engine().train(task(1, "space.network.batch-norm=true", "space.network.dropout=0"));
    Rows one = new Rows(dataset, new int[] {parts[1][0]}, fitted);

    assertThat(model.sampler(held).pass(new Seed(5))).isEqualTo(model.predictions(held));
    assertThat(model.sampler(one).pass(new Seed(5)))
        .containsExactly(Arrays.copyOf(model.predictions(held), 3), within(1e-6f));
  }

  /** Of 200 passes, shaped as predictions. */
  public static double[] meanOfPasses(TrainedModel model, Rows rows) {
    DropoutSampler sampler = model.sampler(rows);
    double[] mean = new double[rows.size() * rows.outputs()];
    for (int pass = 0; pass < 200; pass++) {
      float[] sampled = sampler.pass(new Seed(pass));
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sampled[i] / 200;
      }
    }
    return mean;
  }

  /** The mean of many passes is near the network without dropout. */
  @Test
  void pass_manyPasses_haveTheMeanOfTheNetwork() throws TrainingFailedException {
    TrainedModel model =
        engine().train(task(1, "space.network.batch-norm=true", "space.network.dropout=0.1"));
    float[] plain = model.predictions(held);

    double[] mean = meanOfPasses(model, held);

    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo(plain[i], within(0.1));
    }
  }

  /** One sigmoid unit: the columns are 1 - p and p; a heavier class is predicted more often. */
  @ParameterizedTest
  @CsvSource({"auto, 1", "categorical-cross-entropy, 2"})
  void train_twoClasses_predictsBothAndWeighsThem(String loss, int units) throws Exception {
    Dataset pair = TestData.clusters(6, 1, 11, 120, 60);
    int[][] split = Split.part(pair, Datasets.allRows(pair), 0.3, new Seed(4));
    Preprocessor scaled = TestData.standardized(pair, split[0]);
    Rows scored = new Rows(pair, split[1], scaled);
    String[] keys = {"space.training.loss=" + loss, "space.network.dropout=0.2"};
    List<Double> shares = new ArrayList<>();

    for (double weight : new double[] {0, 1, 5}) {
      var task =
          new TrainingTask(
              TestSpaces.candidate(6, 2, keys),
              new Rows(pair, split[0], scaled),
              scored,
              new double[] {1, weight},
              predictions -> 0,
              new Seed(1));
      TrainedModel model = engine().train(task);
      float[] predictions = model.predictions(scored);
      assertThat(predictions).hasSize(2 * scored.size());
      assertThat(model.sampler(scored).pass(new Seed(1))).hasSize(2 * scored.size());
      double sum = 0;
      for (int i = 0; i < scored.size(); i++) {
        assertThat(predictions[2 * i] + predictions[2 * i + 1]).isCloseTo(1, within(1e-6f));
        sum += predictions[2 * i + 1];
      }
      shares.add(sum / scored.size());
      if (weight == 1) {
        assertThat(Scores.of(Metric.ACCURACY, predictions, scored)).isGreaterThan(0.8);
      }
      MultiLayerNetwork loaded =
          ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
      assertThat(loaded.layerSize(loaded.getnLayers() - 1)).isEqualTo(units);
      assertThat(loaded.getLayerWiseConfigurations().toJson()).doesNotContain("gauntlet");
    }
    assertThat(shares.get(0)).isLessThan(0.2);
    assertThat(shares).isSorted();
    assertThat(shares.get(2)).isGreaterThan(shares.get(1) + 0.03);
  }

  /** Learned at mean 0 and deviation 1, predicted in its own unit, by plain DL4J too. */
  @Test
  void train_number_isPredictedInItsOwnUnit() throws Exception {
    Dataset line = TestData.line(2, 3, 300);
    int[][] split = Split.part(line, Datasets.allRows(line), 0.3, new Seed(4));
    Preprocessor scaled = TestData.standardized(line, split[0]);
    Rows scored = new Rows(line, split[1], scaled);
    var task =
        new TrainingTask(
            TestSpaces.candidate(2, 1, "task=regression", "space.training.epochs=30"),
            new Rows(line, split[0], scaled),
            scored,
            new double[0],
            predictions -> Scores.of(Metric.RMSE, predictions, scored),
            new Seed(1));

    TrainedModel model = engine().train(task);

    float[] predictions = model.predictions(scored);
    assertThat(Scores.of(Metric.R2, predictions, scored)).isGreaterThan(0.95);
    assertThat(model.sampler(scored).pass(new Seed(1))).isEqualTo(predictions);
    Pair<MultiLayerNetwork, Normalizer> loaded =
        ModelSerializer.restoreMultiLayerNetworkAndNormalizer(
            new ByteArrayInputStream(model.file()), true);
    INDArray features = Nd4j.createFromArray(TestData.raw(line, split[1][0])).reshape(1, 2);
    ((DataNormalization) loaded.getSecond()).transform(features);
    INDArray output = loaded.getFirst().output(features, false);
    ((DataNormalization) loaded.getSecond()).revertLabels(output);
    assertThat(output.getFloat(0)).isCloseTo(predictions[0], within(1e-3f));
  }

  /** Nothing of ours is needed to use a winner: the file has network, weights and scaler. */
  @Test
  void file_plainDl4j_loadsItAndPredictsTheSame() throws Exception {
    TrainedModel model = engine().train(task(new double[] {1, 2, 3}, 1, EVERYTHING));

    Pair<MultiLayerNetwork, Normalizer> loaded =
        ModelSerializer.restoreMultiLayerNetworkAndNormalizer(
            new ByteArrayInputStream(model.file()), true);
    float[] raw = new float[held.size() * 6];
    for (int i = 0; i < held.size(); i++) {
      System.arraycopy(TestData.raw(dataset, held.index()[i]), 0, raw, 6 * i, 6);
    }
    INDArray features = Nd4j.create(raw, new long[] {held.size(), 6}, 'c');
    ((DataNormalization) loaded.getSecond()).transform(features);
    float[] output = loaded.getFirst().output(features, false).dup('c').data().asFloat();

    assertThat(output).containsExactly(model.predictions(held), within(rounding()));
    assertThat(loaded.getFirst().getLayerWiseConfigurations().toJson())
        .doesNotContain("gauntlet")
        .contains("LossMCXENT")
        .doesNotContain("\"weights\" : [");
    assertThat(loaded.getFirst().getUpdater().getStateViewArray().length()).isPositive();
  }
}
