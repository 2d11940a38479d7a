package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.ValidateConfig.Baseline;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialRunner;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Results of real trainings, and numbers of every kind, are read as they were written. */
class JournalResultsTest {
  private final MemoryStorage storage = new MemoryStorage(new byte[0]);

  private TrialResult run(SearchConfig config, Dataset dataset, Candidate candidate, Kind kind) {
    var trial = new Trial(kind, candidate, 0);
    return new TrialRunner(Experiment.of(config, dataset), new Dl4jEngine()).run(trial, "here");
  }

  private void requireReadAsWritten(Candidate candidate, TrialResult result) throws IOException {
    var trial = new Trial(result.kind(), candidate, result.index());
    assertThat(result.failure()).isNull();
    storage.journal(Samples.HEADER).append(trial, result);

    TrialResult read = storage.journal(Samples.HEADER).find(trial).orElseThrow();

    if (result.outcome().saved() != null) {
      assertThat(storage.files.get("models/candidate-0.zip"))
          .isEqualTo(result.outcome().saved().model());
      assertThat(storage.files.get("evaluation/candidate-0.csv"))
          .isEqualTo(result.outcome().saved().rows());
    }
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(result.stripped());
  }

  @Test
  void append_classification_isReadAsWritten() throws IOException {
    SearchConfig config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "validate.folds=3",
            "validate.mc-dropout.passes=5",
            "validate.calibration=temperature");
    Dataset dataset = TestData.clusters(2, 1, 3, 60, 40);
    Candidate candidate = TestSpaces.candidate(2, 2);
    for (Kind kind : Kind.values()) {
      TrialResult result = run(config, dataset, candidate, kind);
      if (kind == Kind.FINAL) {
        assertThat(result.outcome().saved().dropout()).isNotNull();
        assertThat(result.outcome().saved().calibrated()).isNotNull();
        assertThat(result.outcome().saved().rows()).isNotEmpty();
        assertThat(result.outcome().evaluation().reliability()).isNotNull();
      }
      requireReadAsWritten(candidate, result);
    }
    assertThat(storage.files)
        .containsKeys("models/candidate-0.zip", "evaluation/candidate-0.csv")
        .hasSize(3);
  }

  @Test
  void append_regression_isReadAsWritten() throws IOException {
    SearchConfig config =
        TestSpaces.config(
            TestSpaces.CONDITIONAL,
            "task=regression",
            "validate.folds=3",
            "validate.mc-dropout.passes=5");
    Dataset dataset = TestData.line(2, 3, 90);
    Candidate candidate = TestSpaces.candidate(2, 1);
    for (Kind kind : Kind.values()) {
      requireReadAsWritten(candidate, run(config, dataset, candidate, kind));
    }
  }

  @Test
  void append_failure_isReadAsWritten() throws IOException {
    Trial trial = Samples.trial(3);
    TrialResult failed =
        TrialResult.failed(trial, "line\nbreak \"quoted\" \u00e4\u2028\ud83d\ude00");
    storage.journal(Samples.HEADER).append(trial, failed);

    assertThat(storage.journal(Samples.HEADER).find(trial)).hasValue(failed);
  }

  @Test
  void append_numbersOfEveryKind_areReadBitForBit() throws IOException {
    var random = new Random(7);
    double[] numbers = new double[3000];
    double[] special = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Double.MIN_NORMAL,
      1.0 / 3
    };
    for (int i = 0; i < numbers.length; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      numbers[i] = i < special.length ? special[i] : Double.isNaN(any) ? 0 : any;
    }
    Journal journal = storage.journal(Samples.HEADER);
    for (int i = 0; i < numbers.length; i++) {
      var scores = new EnumMap<Metric, Double>(Map.of(Metric.MSE, numbers[i]));
      journal.append(
          new BaselineTrialResult(
              new BaselineTrial(Baseline.MEAN, i), null, numbers[i], scores, numbers[i]));
    }

    Journal read = storage.journal(Samples.HEADER);

    for (int i = 0; i < numbers.length; i++) {
      BaselineTrialResult result = read.find(new BaselineTrial(Baseline.MEAN, i)).orElseThrow();
      assertThat(Double.doubleToLongBits(result.score()))
          .isEqualTo(Double.doubleToLongBits(numbers[i]));
      assertThat(result.scores()).isEqualTo(Map.of(Metric.MSE, numbers[i]));
    }
  }

  @Test
  void mapper_floatsOfEveryKind_areReadBitForBit() throws IOException {
    var random = new Random(7);
    float[] numbers = new float[100_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.intBitsToFloat(random.nextInt());
    }

    float[] read =
        JournalJson.MAPPER.readValue(JournalJson.MAPPER.writeValueAsBytes(numbers), float[].class);

    for (int i = 0; i < numbers.length; i++) {
      assertThat(Float.floatToIntBits(read[i])).isEqualTo(Float.floatToIntBits(numbers[i]));
    }
  }

  @Test
  void of_outcomeWithoutAnything_isReadAsWritten() throws IOException {
    var result =
        new TrialResult(
            Kind.SEARCH,
            1,
            0,
            10,
            "",
            "",
            new Outcome(null, 1, 2, 3, null, null, null),
            0.1,
            "",
            "");
    Trial trial = Samples.trial(1);
    storage.journal(Samples.HEADER).append(trial, result);

    assertThat(storage.journal(Samples.HEADER).find(trial)).hasValue(result);
  }
}
