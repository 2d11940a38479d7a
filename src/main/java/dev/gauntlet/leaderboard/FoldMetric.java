package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One metric of one row, whether or not the search went by it.
 *
 * @param mean over folds; NaN if it is not defined on one of them
 * @param std sample standard deviation over folds
 * @param test on the test rows; NaN but for winners
 */
public record FoldMetric(double mean, double std, double test) {

  /**
   * All metrics, in their order.
   *
   * @param folds of every fold; none gives no metrics
   * @param test empty if there is none
   */
  static Map<Metric, FoldMetric> of(List<Map<Metric, Double>> folds, Map<Metric, Double> test) {
    Map<Metric, FoldMetric> metrics = new LinkedHashMap<>();
    if (!folds.isEmpty()) {
      for (Metric metric : folds.get(0).keySet()) {
        double[] scores = folds.stream().mapToDouble(fold -> fold.get(metric)).toArray();
        double tested = test.getOrDefault(metric, Double.NaN);
        double std = Math.sqrt(StatUtils.variance(scores));
        metrics.put(metric, new FoldMetric(StatUtils.mean(scores), std, tested));
      }
    }
    return metrics;
  }
}
