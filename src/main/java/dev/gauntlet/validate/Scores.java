package dev.gauntlet.validate;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Metrics of predictions against labels, or against numbers. */
public final class Scores {
  /** Probabilities are {@code float}: below its resolution at 1 they are not told from 0. */
  private static final double MIN_PROBABILITY = Math.ulp(1f);

  private Scores() {}

  /**
   * One metric; no other is computed.
   *
   * @param predictions class probabilities or numbers, {@code rows.size() x rows.outputs()}
   * @return NaN if a prediction is not finite, or the metric is not defined on these rows
   */
  public static double of(Metric metric, float[] predictions, Rows rows) {
    return finite(predictions)
        ? of(metric, predictions, rows, () -> ConfusionMatrix.of(predictions, rows))
        : Double.NaN;
  }

  /** Every metric of the task, as {@link #of}; the matrix of classes is counted once. */
  static Map<Metric, Double> all(float[] predictions, Rows rows) {
    boolean finite = finite(predictions);
    ConfusionMatrix confusion = rows.numbers() ? null : ConfusionMatrix.of(predictions, rows);
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.of(rows.dataset().task(), rows.outputs())) {
      scores.put(metric, finite ? of(metric, predictions, rows, () -> confusion) : Double.NaN);
    }
    return Collections.unmodifiableMap(scores);
  }

  private static double of(
      Metric metric, float[] predictions, Rows rows, Supplier<ConfusionMatrix> confusion) {
    int last = rows.outputs() - 1;
    return switch (metric) {
      case ACCURACY -> accuracy(predictions, rows);
      case BALANCED_ACCURACY -> confusion.get().balancedAccuracy();
      case PRECISION -> confusion.get().precision(last);
      case RECALL -> confusion.get().recall(last);
      case F1 -> confusion.get().f1(last);
      case PRECISION_MACRO -> confusion.get().macro(ConfusionMatrix::precision);
      case RECALL_MACRO -> confusion.get().macro(ConfusionMatrix::recall);
      case F1_MACRO -> confusion.get().macro(ConfusionMatrix::f1);
      case PRECISION_WEIGHTED -> confusion.get().weighted(ConfusionMatrix::precision);
      case RECALL_WEIGHTED -> confusion.get().weighted(ConfusionMatrix::recall);
      case F1_WEIGHTED -> confusion.get().weighted(ConfusionMatrix::f1);
      case MCC -> confusion.get().mcc();
      case ROC_AUC -> ThresholdCurve.mean(predictions, rows, ThresholdCurve::roc);
      case PR_AUC -> ThresholdCurve.mean(predictions, rows, ThresholdCurve::averagePrecision);
      case LOG_LOSS -> logLoss(predictions, rows);
      case BRIER -> brier(predictions, rows);
      case CALIBRATION_ERROR -> Reliability.of(predictions, rows).error();
      case MSE -> Residuals.meanSquare(predictions, rows);
      case RMSE -> Math.sqrt(Residuals.meanSquare(predictions, rows));
      case MAE -> Residuals.meanAbsolute(predictions, rows);
      case R2 -> Residuals.r2(predictions, rows);
    };
  }

  /**
   * What only the data can tell.
   *
   * @throws InvalidInputException for metrics of two classes where there are more
   */
  static void check(SearchConfig config, int classes) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("search.metric", config.search().metric());
    metrics.put(
        "space.training.early-stopping.metric", config.space().training().earlyStopping().metric());
    List<String> problems = new ArrayList<>();
    metrics.forEach(
        (key, metric) -> {
          if (metric.ofTwoClasses() && classes != 2) {
            String word = Names.word(metric);
            problems.add(
                "%s: %s with %d classes; the rule: two. Maybe %s-macro."
                    .formatted(key, word, classes, word));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Why there is no score. */
  static String cause(Metric metric, float[] predictions, Rows rows) {
    if (!finite(predictions)) {
      return "the output is not finite";
    }
    String undefined = Names.word(metric) + " is not defined on ";
    if (rows.size() < 2) {
      return undefined + Names.count(rows.size(), "row");
    }
    String only = rows.numbers() ? "" : rows.dataset().classes().get(rows.label(0));
    return undefined + "these " + rows.size() + " rows: all are \"" + only + "\"";
  }

  private static boolean finite(float[] predictions) {
    for (float prediction : predictions) {
      if (!Float.isFinite(prediction)) {
        return false;
      }
    }
    return true;
  }

  private static double accuracy(float[] probabilities, Rows rows) {
    int right = 0;
    for (int i = 0; i < rows.size(); i++) {
      int predicted = ConfusionMatrix.predicted(probabilities, i, rows.outputs());
      right += predicted == rows.label(i) ? 1 : 0;
    }
    return (double) right / rows.size();
  }

  /** The logarithm of {@code StrictMath} has the same bits on every machine. */
  private static double logLoss(float[] probabilities, Rows rows) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      double probability = probabilities[i * rows.outputs() + rows.label(i)];
      sum -= StrictMath.log(Math.min(1, Math.max(MIN_PROBABILITY, probability)));
    }
    return sum / rows.size();
  }

  /** Of two classes the squares of the last one alone, as in scikit-learn; of more of all. */
  private static double brier(float[] probabilities, Rows rows) {
    int classes = rows.outputs();
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
        double error = probabilities[i * classes + c] - (rows.label(i) == c ? 1.0 : 0);
        sum += error * error;
      }
    }
    return sum / rows.size();
  }
}
