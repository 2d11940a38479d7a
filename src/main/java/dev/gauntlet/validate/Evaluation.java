package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Rows;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that predictions are measured by.
 *
 * @param scores every metric of the task, in the order of {@link Metric}; NaN where it is not
 *     defined
 * @param confusion null for numbers, and for a fold of more than {@value #MOST_CLASSES} classes
 * @param reliability null for numbers, and for a fold
 */
public record Evaluation(
    Map<Metric, Double> scores, ConfusionMatrix confusion, Reliability reliability)
    implements Serializable {

  private static final int MOST_CLASSES = 100;

  public Evaluation {
    Map<Metric, Double> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(scores);
    scores = Collections.unmodifiableMap(ordered);
  }

  /**
   * Measures.
   *
   * @param predictions class probabilities or numbers, {@code rows.size() x rows.outputs()}
   */
  public static Evaluation of(float[] predictions, Rows rows) {
    return rows.numbers()
        ? new Evaluation(Scores.all(predictions, rows), null, null)
        : new Evaluation(
            Scores.all(predictions, rows),
            ConfusionMatrix.of(predictions, rows),
            Reliability.of(predictions, rows));
  }

  /** As {@link #of}, and small: the matrices of many folds are held together. */
  static Evaluation ofFold(float[] predictions, Rows rows) {
    boolean matrix = !rows.numbers() && rows.outputs() <= MOST_CLASSES;
    return new Evaluation(
        Scores.all(predictions, rows), matrix ? ConfusionMatrix.of(predictions, rows) : null, null);
  }
}
