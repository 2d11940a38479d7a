package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.TestData;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult.Saved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {
  private final List<TrainingTask> tasks = new ArrayList<>();

  private static SearchConfig config(String... overrides) {
    return TestSpaces.config(TestSpaces.CONDITIONAL, overrides);
  }

  private TrialResult run(Experiment experiment, Trial trial) {
    return new TrialRunner(experiment, new Recorder()).run(trial, "here");
  }

  private static Trial trial(Kind kind, int index, String... overrides) {
    return new Trial(kind, TestSpaces.candidate(2, 2, overrides), index);
  }

  /** Notes the tasks; predicts each row's share of class 1 in the training rows. */
  private final class Recorder implements TrainingEngine {
    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public boolean supports(Candidate candidate) {
      return true;
    }

    @Override
    public TrainedModel train(TrainingTask task) throws TrainingFailedException {
      tasks.add(task);
      if (task.candidate().plan().epochs() == 13) {
        throw new TrainingFailedException("unlucky");
      }
      if (task.candidate().words().endsWith("dropout 0.875")) {
        throw new TrainingFailedException("dropped too much");
      }
      if (task.candidate().plan().epochs() == 14) {
        throw new IllegalStateException("broken");
      }
      return new TrainedModel() {
        @Override
        public float[] predictions(Rows rows) {
          float[] shares = new MajorityBaseline().predictions(task.training(), rows, new Seed(0));
          shares[0] = task.candidate().plan().epochs() == 15 ? Float.POSITIVE_INFINITY : shares[0];
          return shares;
        }

        @Override
        public DropoutSampler sampler(Rows rows) {
          return seed -> {
            if (task.candidate().plan().epochs() == 16) {
              throw new OutOfMemoryError("Java heap space");
            }
            float[] flipped = predictions(rows);
            int flips = (int) (seed.value() & 3);
            for (int i = 0; i < 2 * flips; i++) {
              flipped[i] = 1 - flipped[i];
            }
            return flipped;
          };
        }

        @Override
        public LearningCurve curve() {
          return new LearningCurve(List.of(1.0), List.of(), 1);
        }

        @Override
        public byte[] checkpoint() {
          return null;
        }

        @Override
        public byte[] file() {
          return new byte[] {7};
        }
      };
    }
  }

  private static final Dataset DATASET = TestData.clusters(2, 1, 3, 120, 80);

  @Test
  void run_invalidCandidate_failsWithItsCauseUntrained() {
    String network =
        "space.network={type: convolutional, image: 2x1x1, blocks: [{filters: 2, kernel: 3}]}";

    TrialResult result = run(Experiment.of(config(), DATASET), trial(Kind.SEARCH, 0, network));

    assertThat(result.failure())
        .isEqualTo(
            "block 1: 2x2 pooling on what is 1x1; the rule: it fits in. Maybe pooling: none, or"
                + " fewer blocks.");
    assertThat(tasks).isEmpty();
  }

  /** An extreme value in one row changes exactly the scalers whose training rows have it. */
  @Test
  void run_folds_fitPreprocessingToTheirTrainingRowsAlone() {
    Experiment plain = Experiment.of(config("validate.folds=5"), DATASET);
    int extremeRow = plain.split().development()[50];
    Dataset planted = planted(extremeRow);
    Experiment extreme = Experiment.of(config("validate.folds=5"), planted);
    String[] stopping = {"space.training.early-stopping={patience: 2}"};

    int changed = 0;
    for (int fold = 0; fold < 5; fold++) {
      run(plain, trial(Kind.FOLD, fold, stopping));
      run(extreme, trial(Kind.FOLD, fold, stopping));
      TrainingTask before = tasks.get(tasks.size() - 2);
      TrainingTask after = tasks.get(tasks.size() - 1);
      boolean trainsOnIt =
          Arrays.stream(after.training().index()).anyMatch(row -> row == extremeRow);
      boolean differs =
          before.training().preprocessor().shift()[0] != after.training().preprocessor().shift()[0];
      assertThat(differs).isEqualTo(trainsOnIt);
      assertThat(after.stopping().preprocessor()).isSameAs(after.training().preprocessor());
      changed += differs ? 1 : 0;
    }
    assertThat(changed).isBetween(1, 4);
  }

  private static Dataset planted(int extreme) {
    float[] features = new float[DATASET.rows() * 2];
    int[] labels = new int[DATASET.rows()];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(TestData.raw(DATASET, row), 0, features, 2 * row, 2);
      labels[row] = DATASET.label(row);
    }
    features[2 * extreme] = 1e6f;
    return new Dataset(DATASET.columns(), new Labels(labels, DATASET.classes()), features);
  }

  @Test
  void run_rows_neverOverlapAndTestRowsAreForFinalTrialsOnly() {
    Experiment experiment = Experiment.of(config("validate.folds=5"), DATASET);
    int[] test = experiment.split().test();
    String[] stopping = {"space.training.early-stopping={patience: 2}"};

    run(experiment, trial(Kind.SEARCH, 0, stopping));
    IntStream.range(0, 5).forEach(f -> run(experiment, trial(Kind.FOLD, f, stopping)));

    for (TrainingTask task : tasks) {
      int[] training = task.training().index();
      assertThat(Split.without(training, task.stopping().index())).isEqualTo(training);
      assertThat(Split.without(training, test)).isEqualTo(training);
      assertThat(Split.without(task.stopping().index(), test)).isEqualTo(task.stopping().index());
    }
  }

  @Test
  void run_finalTrial_repeatsTheSearchTrialAndMeasuresDropout() {
    Experiment experiment = Experiment.of(config("validate.mc-dropout.passes=50"), DATASET);

    run(experiment, trial(Kind.SEARCH, 0));
    TrialResult last = run(experiment, trial(Kind.FINAL, 0));

    assertThat(tasks.get(1).seed()).isEqualTo(tasks.get(0).seed());
    assertThat(tasks.get(1).training().index()).isEqualTo(tasks.get(0).training().index());
    assertThat(last.outcome().saved().model()).containsExactly(7);
    McDropoutScore dropout = last.outcome().saved().dropout();
    assertThat(dropout.passes()).isEqualTo(50);
    assertThat(dropout.std()).isPositive();
    // The candidate has no dropout: it was trained once more with the configured rate.
    assertThat(dropout.rate()).isEqualTo(0.5);
    assertThat(tasks).hasSize(3);
    assertThat(tasks.get(2).candidate().words()).endsWith("dropout 0.5");
  }

  @Test
  void run_finalTrialWithDropout_usesItsOwn() {
    Experiment experiment = Experiment.of(config(), DATASET);

    TrialResult last = run(experiment, trial(Kind.FINAL, 0, "space.network.dropout=0.1"));

    assertThat(last.outcome().saved().dropout().rate()).isZero();
    assertThat(tasks).hasSize(1);
  }

  /** A winner is not lost for a measurement that is beside its own training. */
  @Test
  void run_trainingWithDropoutThatFails_isNotMeasured() {
    Experiment experiment = Experiment.of(config("validate.mc-dropout.rate=0.875"), DATASET);

    TrialResult last = run(experiment, trial(Kind.FINAL, 0));

    assertThat(last.failed()).isFalse();
    assertThat(last.outcome().saved().model()).containsExactly(7);
    assertThat(last.outcome().saved().dropout()).isNull();
    assertThat(last.outcome().saved().missing())
        .containsExactly("Monte Carlo dropout: dropped too much");
    assertThat(tasks).hasSize(2);
  }

  @Test
  void run_repeatsAndFolds_haveSeedsOfTheirOwn() {
    Experiment experiment = Experiment.of(config(), DATASET);

    run(experiment, trial(Kind.SEARCH, 0));
    run(experiment, trial(Kind.SEARCH, 1));
    run(experiment, trial(Kind.FOLD, 0));
    run(experiment, trial(Kind.FOLD, 1));

    assertThat(tasks.stream().map(TrainingTask::seed).distinct()).hasSize(4);
  }

  /** scikit-learn: compute_class_weight("balanced"): n / (classes * count). */
  @Test
  void run_balancedWeights_areFittedToTheTrainingRows() {
    Experiment experiment = Experiment.of(config(), DATASET);

    run(experiment, trial(Kind.SEARCH, 0, "space.training.class-weights=balanced"));
    run(experiment, trial(Kind.SEARCH, 0));

    int[] counts = DATASET.classCounts(experiment.split().train());
    double n = counts[0] + counts[1];
    assertThat(tasks.get(0).classWeights())
        .containsExactly(new double[] {n / (2 * counts[0]), n / (2 * counts[1])}, within(1e-15));
    assertThat(tasks.get(1).classWeights()).containsExactly(1, 1);
  }

  @Test
  void run_givenWeights_areThoseOfTheirClasses() {
    String given = "space.training.class-weights={class1: 2.5}";
    Experiment experiment = Experiment.of(config(given), DATASET);

    run(experiment, trial(Kind.SEARCH, 0, given));

    assertThat(tasks.get(0).classWeights()).containsExactly(1, 2.5);
  }

  @Test
  void experiment_weightsOfOtherClasses_areRefused() {
    assertThatThrownBy(
            () ->
                Experiment.of(
                    config("space.training.class-weights={clas1: 2, attack: 3}"), DATASET))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .extracting(InvalidInputException::problems)
        .isEqualTo(
            List.of(
                "space.training.class-weights: there is no class \"clas1\". Maybe \"class1\".",
                "space.training.class-weights: there is no class \"attack\". Maybe one of: class0,"
                    + " class1."));
    assertThatThrownBy(
            () ->
                Experiment.of(
                    config("space.training.class-weights={class0: 0, class1: 0}"), DATASET))
        .hasMessage(
            "space.training.class-weights: every class weighs 0; the rule: at least one above 0.");
  }

  /** The trial's own fault is a result; what may be the machine's is not, and may be repeated. */
  @Test
  void run_failure_isAResultUnlessTheEngineBreaks() {
    Experiment experiment = Experiment.of(config(), DATASET);

    TrialResult failed = run(experiment, trial(Kind.SEARCH, 0, "space.training.epochs=13"));

    assertThat(failed.failure()).isEqualTo("unlucky");
    assertThat(failed.score()).isNaN();
    assertThatThrownBy(() -> run(experiment, trial(Kind.SEARCH, 0, "space.training.epochs=14")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }

  @Test
  void run_metricThatIsNotDefined_failsWithItsOwnCause() {
    Experiment whole = Experiment.of(config("search.metric=roc-auc"), DATASET);
    int[] ofOneClass =
        Arrays.stream(whole.split().validation()).filter(row -> DATASET.label(row) == 1).toArray();
    var split = new Split(whole.split().train(), ofOneClass, whole.split().test());
    var experiment = new Experiment(whole.config(), DATASET, split, whole.folds());

    TrialResult undefined = run(experiment, trial(Kind.SEARCH, 0));
    TrialResult infinite = run(whole, trial(Kind.SEARCH, 0, "space.training.epochs=15"));

    assertThat(undefined.failure())
        .isEqualTo("roc-auc is not defined on these 12 rows: all are \"class1\"");
    assertThat(infinite.failure()).isEqualTo("the output is not finite");
    assertThat(run(whole, trial(Kind.SEARCH, 0)).score()).isEqualTo(0.5);
  }

  @Test
  void experiment_metricsOfTwoClassesWithMore_areRefused() {
    Dataset three = TestData.clusters(2, 1, 3, 40, 40, 40);
    SearchConfig config =
        config(
            "search.metric=f1",
            "space.training.early-stopping={patience: 2, metric: precision}",
            "validate.folds=2");

    assertThatThrownBy(() -> Experiment.of(config, three))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .extracting(InvalidInputException::problems)
        .isEqualTo(
            List.of(
                "search.metric: f1 with 3 classes; the rule: two. Maybe f1-macro.",
                "space.training.early-stopping.metric: precision with 3 classes; the rule: two."
                    + " Maybe precision-macro."));
    assertThat(Experiment.of(config, DATASET).config()).isEqualTo(config);
  }

  @Test
  void baselines_majority_isScoredOnTheFoldsOfTheCandidates() {
    Experiment experiment = Experiment.of(config("validate.folds=5"), DATASET);

    BaselineResult majority = fitted(experiment, new MajorityBaseline());

    assertThat(majority.status()).isEqualTo("done");
    assertThat(majority.scores()).hasSize(5);
    assertThat(majority.foldScores().orElseThrow().mean()).isCloseTo(0.6, within(0.01));
    assertThat(majority.search().score()).isCloseTo(0.6, within(0.02));
    assertThat(majority.foldMetrics()).hasSize(5).allMatch(scores -> scores.size() == 17);
  }

  private static BaselineResult fitted(Experiment experiment, Baseline baseline) {
    List<BaselineTrialResult> fits =
        Baselines.trials(experiment).stream()
            .map(trial -> Baselines.run(experiment, trial, baseline))
            .toList();
    return Baselines.results(experiment, fits).get(0);
  }

  /** A fit without a score is its own failure; what is thrown may be the machine's. */
  @Test
  void baselines_fitsThatFail_areFailedFolds() {
    Iterator<float[]> next =
        List.of(
                new float[1000],
                new float[] {Float.NaN},
                new float[1000],
                new float[1000],
                new float[1000],
                new float[1000])
            .iterator();
    Experiment experiment = Experiment.of(config("validate.folds=5"), DATASET);

    BaselineResult failed = fitted(experiment, (training, rows, seed) -> next.next());

    assertThat(failed.foldScores()).isEmpty();
    assertThat(failed.foldMetrics()).isEmpty();
    assertThat(failed.status()).isEqualTo("incomplete: fold 1: the output is not finite");
    assertThat(failed.folds())
        .extracting(BaselineTrialResult::failure)
        .containsExactly("the output is not finite", null, null, null, null);
    Baseline breaking =
        (training, rows, seed) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThatThrownBy(() -> fitted(experiment, breaking)).hasMessage("Java heap space");
  }

  /** In the order of time a fold may have one class alone. */
  @Test
  void baselines_metricThatIsNotDefined_saysSo() {
    float[] values = new float[100];
    double[] times = new double[100];
    int[] labels = new int[100];
    for (int row = 0; row < 100; row++) {
      times[row] = row;
      labels[row] = row < 30 || row % 3 == 0 ? 1 : 0;
    }
    var target = new Labels(labels, List.of("no", "yes"));
    var table = new Table(List.of(Column.numeric("x")), values, target, 0, null, times, 0);
    Dataset ordered = TestData.of(table);
    Experiment experiment =
        Experiment.of(config("search.metric=roc-auc", "validate.folds=5"), ordered);

    BaselineResult majority = fitted(experiment, new MajorityBaseline());

    assertThat(majority.status())
        .matches("incomplete: fold 1: roc-auc is not defined on these \\d+ rows: all are \"yes\"");
  }

  /** A run that broke off between fits: what arrived is kept, and no mean is over fewer folds. */
  @Test
  void baselines_fitsThatNeverCame_areMissing() {
    Experiment experiment =
        Experiment.of(
            config("validate.folds=5", "validate.baselines=[majority, stratified-random]"),
            DATASET);
    List<BaselineTrialResult> some =
        Baselines.trials(experiment).stream()
            .limit(3)
            .map(trial -> Baselines.run(experiment, trial, new MajorityBaseline()))
            .toList();

    List<BaselineResult> results = Baselines.results(experiment, some);

    assertThat(results).hasSize(1);
    assertThat(results.get(0).status()).isEqualTo("incomplete: fold 3: not fitted");
  }

  /** A winner is not lost for a measurement that is beside its own training. */
  @Test
  void run_passesThatBreak_areNotMeasured() {
    Experiment experiment = Experiment.of(config("validate.mc-dropout.passes=7"), DATASET);

    TrialResult last = run(experiment, trial(Kind.FINAL, 0, "space.training.epochs=16"));

    assertThat(last.failed()).isFalse();
    assertThat(last.outcome().saved().dropout()).isNull();
    assertThat(last.outcome().saved().missing())
        .containsExactly("Monte Carlo dropout: OutOfMemoryError: Java heap space");
    assertThat(new String(last.outcome().saved().rows(), StandardCharsets.UTF_8))
        .startsWith("row,label,predicted,probability,p.");
  }

  /** All that the report on a winner needs, from one training. */
  @Test
  void run_finalTrial_measuresTheTestRows() {
    Experiment experiment =
        Experiment.of(
            config("validate.calibration=temperature", "validate.mc-dropout.passes=20"), DATASET);

    TrialResult last = run(experiment, trial(Kind.FINAL, 0));
    TrialResult fold = run(experiment, trial(Kind.FOLD, 0));
    TrialResult search = run(experiment, trial(Kind.SEARCH, 0));

    Saved saved = last.outcome().saved();
    assertThat(saved.missing()).isEmpty();
    assertThat(last.outcome().evaluation().scores().get(Metric.ACCURACY)).isEqualTo(last.score());
    assertThat(fold.outcome().evaluation().confusion().classes()).isEqualTo(2);
    assertThat(search.outcome().evaluation()).isNull();
    assertThat(saved.calibrated().temperature()).isBetween(0.05, 20.0);
    assertThat(saved.calibrated().evaluation().scores()).containsKey(Metric.BRIER);
    assertThat(new String(saved.rows(), StandardCharsets.UTF_8).lines())
        .hasSize(1 + experiment.split().test().length);
  }

  /** As scikit-learn's DummyClassifier(strategy="stratified"): shares within 3 standard errors. */
  @Test
  void baselines_stratifiedRandom_drawsClassesWithTheSharesOfTheTrainingRows() {
    Dataset dataset = TestData.clusters(1, 1, 3, 6000, 3000, 1000);
    Rows rows = new Rows(dataset, Datasets.allRows(dataset), TestData.unscaled(dataset));
    var baseline = new StratifiedRandomBaseline();

    float[] found = baseline.predictions(rows, rows, new Seed(5));

    double[] shares = new double[3];
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isIn(0f, 1f);
      shares[i % 3] += found[i] / rows.size();
    }
    assertThat(shares).containsExactly(new double[] {0.6, 0.3, 0.1}, offset(0.015));
    assertThat(Scores.of(Metric.ACCURACY, found, rows)).isCloseTo(0.46, within(0.015));
    assertThat(baseline.predictions(rows, rows, new Seed(5))).isEqualTo(found);
    assertThat(baseline.predictions(rows, rows, new Seed(6))).isNotEqualTo(found);
  }

  @Test
  void of_boostedTreesWithThreeClasses_isRefused() {
    SearchConfig config = config("validate.baselines=[majority, gradient-boosted-trees]");
    Dataset three = TestData.clusters(2, 1, 3, 50, 50, 50);

    assertThatThrownBy(() -> Experiment.of(config, three))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "validate.baselines: gradient-boosted-trees with 3 classes; the rule: two. Maybe"
                + " random-forest.");
    assertThat(Experiment.of(config, DATASET).folds()).isNotEmpty();
  }
}
