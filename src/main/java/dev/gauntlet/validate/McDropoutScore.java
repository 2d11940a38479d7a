package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.data.Rows;
import java.io.Serializable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Monte Carlo dropout (Gal and Ghahramani 2016): the spread of the metric over passes with dropout
 * on, and how unsure the passes are of the rows.
 *
 * @param mean of the metric over passes
 * @param std sample standard deviation over passes
 * @param ofMean the metric of the predictions' mean over passes
 * @param rate the dropout that was put into a network that had none, which was trained once more
 *     for this; 0 if the network's own dropout was used
 * @param entropy predictive entropy in nats, the mean over the rows of each class, NaN without
 *     rows; empty for numbers
 * @param information mutual information in nats, as {@code entropy}
 */
public record McDropoutScore(
    double mean,
    double std,
    double ofMean,
    int passes,
    double rate,
    double[] entropy,
    double[] information)
    implements Serializable {

  static McDropoutScore of(Uncertainty passes, Rows rows, Metric metric, double rate) {
    double[] scores = passes.scores();
    return new McDropoutScore(
        StatUtils.mean(scores),
        Math.sqrt(StatUtils.variance(scores)),
        Scores.of(metric, passes.means(), rows),
        scores.length,
        rate,
        byClass(rows, passes::entropy),
        byClass(rows, passes::information));
  }

  private static double[] byClass(Rows rows, IntToDoubleFunction value) {
    return IntStream.range(0, rows.dataset().classes().size())
        .mapToDouble(
            c ->
                IntStream.range(0, rows.size())
                    .filter(i -> rows.label(i) == c)
                    .mapToDouble(value)
                    .average()
                    .orElse(Double.NaN))
        .toArray();
  }
}
