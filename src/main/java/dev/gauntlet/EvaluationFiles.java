package dev.gauntlet;

import dev.gauntlet.config.Json;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.journal.WinnerFiles;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.ConfusionMatrix;
import dev.gauntlet.validate.Evaluation;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.McDropoutScore;
import dev.gauntlet.validate.Reliability;
import dev.gauntlet.validate.TrialResult.Calibrated;
import dev.gauntlet.validate.TrialResult.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code evaluation/}: for each winner all that was measured on the test rows as a whole, beside
 * the table of these rows, which the journal has written. As in the leaderboard, nothing depends on
 * time or place, and what is not measured is absent.
 */
final class EvaluationFiles {
  private static final List<Metric> OF_PROBABILITIES =
      List.of(Metric.LOG_LOSS, Metric.BRIER, Metric.CALIBRATION_ERROR);

  private final List<String> classes;
  private final CandidateResult result;
  private final Evaluation test;
  private final Saved saved;

  private EvaluationFiles(List<String> classes, CandidateResult result) {
    this.classes = classes;
    this.result = result;
    this.test = result.testEvaluation().orElseThrow();
    this.saved = result.last().outcome().saved();
  }

  static void write(RunFolder folder, Experiment experiment, List<CandidateResult> results) {
    List<String> classes = experiment.dataset().classes();
    for (CandidateResult result : results) {
      if (result.testEvaluation().isPresent()) {
        folder.write(
            WinnerFiles.measured(result.candidate().id()),
            Json.write(new EvaluationFiles(classes, result).whole()));
      }
    }
  }

  private Map<String, Object> whole() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("candidate", result.candidate().id());
    values.put("network", result.candidate().words());
    values.put("test", scores(test, List.copyOf(test.scores().keySet())));
    if (!classes.isEmpty()) {
      values.put("classes", classes());
      values.put("confusion", test.confusion().counts());
      ofFolds().ifPresent(sum -> values.put("confusion_of_folds", sum));
      values.put("reliability", bins(test.reliability()));
    }
    if (saved.calibrated() != null) {
      values.put("calibration", calibration(saved.calibrated()));
    }
    if (saved.dropout() != null) {
      values.put("mc_dropout", dropout(saved.dropout()));
    }
    return values;
  }

  private static Map<String, Object> scores(Evaluation evaluation, List<Metric> metrics) {
    Map<String, Object> values = new LinkedHashMap<>();
    metrics.forEach(metric -> put(values, Names.word(metric), evaluation.scores().get(metric)));
    return values;
  }

  private List<Map<String, Object>> classes() {
    ConfusionMatrix confusion = test.confusion();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : classes) {
      int c = rows.size();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("class", name);
      values.put("rows", confusion.support(c));
      values.put("precision", confusion.precision(c));
      values.put("recall", confusion.recall(c));
      values.put("f1", confusion.f1(c));
      if (saved.dropout() != null) {
        put(values, "mc_entropy", saved.dropout().entropy()[c]);
        put(values, "mc_mutual_information", saved.dropout().information()[c]);
      }
      rows.add(values);
    }
    return rows;
  }

  /** The sum over folds; empty unless every fold has a matrix. */
  private Optional<int[][]> ofFolds() {
    List<Evaluation> folds = result.foldEvaluations();
    if (folds.isEmpty() || folds.get(0).confusion() == null) {
      return Optional.empty();
    }
    int[][] sum = new int[classes.size()][classes.size()];
    for (Evaluation fold : folds) {
      for (int row = 0; row < sum.length; row++) {
        int[] total = sum[row];
        int[] counts = fold.confusion().counts()[row];
        Arrays.setAll(total, column -> total[column] + counts[column]);
      }
    }
    return Optional.of(sum);
  }

  private static List<Map<String, Object>> bins(Reliability reliability) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("low", bin.low());
      values.put("high", bin.high());
      values.put("rows", bin.rows());
      put(values, "predicted", bin.predicted());
      put(values, "observed", bin.observed());
      rows.add(values);
    }
    return rows;
  }

  private Map<String, Object> calibration(Calibrated calibrated) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("temperature", calibrated.temperature());
    values.put("before", scores(test, OF_PROBABILITIES));
    values.put("after", scores(calibrated.evaluation(), OF_PROBABILITIES));
    values.put("reliability", bins(calibrated.evaluation().reliability()));
    return values;
  }

  private static Map<String, Object> dropout(McDropoutScore dropout) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("passes", dropout.passes());
    put(values, "added_rate", dropout.rate() > 0 ? dropout.rate() : Double.NaN);
    values.put("mean", dropout.mean());
    values.put("std", dropout.std());
    values.put("of_mean", dropout.ofMean());
    return values;
  }

  private static void put(Map<String, Object> values, String key, double value) {
    if (!Double.isNaN(value)) {
      values.put(key, value);
    }
  }
}
