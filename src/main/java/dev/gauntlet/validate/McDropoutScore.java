package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.TrainedModel;
import java.io.Serializable;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Monte Carlo dropout (Gal and Ghahramani 2016): the spread of the metric over passes with dropout
 * on.
 *
 * @param mean of the metric over passes
 * @param std sample standard deviation over passes
 * @param rate the dropout that was put into a network that had none, which was trained once more
 *     for this; 0 if the network's own dropout was used
 */
public record McDropoutScore(double mean, double std, int passes, double rate)
    implements Serializable {

  static McDropoutScore measure(
      TrainedModel model, Rows rows, Metric metric, int passes, double rate, Seed seed) {
    DropoutSampler sampler = model.sampler(rows);
    double[] scores = new double[passes];
    for (int pass = 0; pass < passes; pass++) {
      float[] probabilities = sampler.pass(seed.derive("pass", pass));
      scores[pass] = Scores.of(metric, probabilities, rows);
    }
    return new McDropoutScore(
        StatUtils.mean(scores), Math.sqrt(StatUtils.variance(scores)), passes, rate);
  }
}
