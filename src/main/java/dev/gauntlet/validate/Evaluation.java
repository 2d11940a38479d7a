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
 * @param confusion null for numbers
 * @param reliability null for numbers
 */
public record Evaluation(
    Map<Metric, Double> scores, ConfusionMatrix confusion, Reliability reliability)
    implements Serializable {

  public Evaluation {
    scores = Collections.unmodifiableMap(new EnumMap<>(scores));
  }

  /**
   * @param predictions class probabilities or numbers, {@code rows.size() x rows.outputs()}
   */
  public static Evaluation of(float[] predictions, Rows rows) {
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.of(rows.dataset().task(), rows.outputs())) {
      scores.put(metric, Scores.of(metric, predictions, rows));
    }
    return rows.numbers()
        ? new Evaluation(scores, null, null)
        : new Evaluation(
            scores, ConfusionMatrix.of(predictions, rows), Reliability.of(predictions, rows));
  }
}
