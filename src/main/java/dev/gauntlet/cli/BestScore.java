package dev.gauntlet.cli;

import dev.gauntlet.config.Metric;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.util.Locale;

/** The best search score so far. */
final class BestScore {
  private final Metric metric;
  private double score = Double.NaN;
  private int candidate;

  BestScore(Metric metric) {
    this.metric = metric;
  }

  void add(TrialResult result) {
    boolean better = Double.isNaN(score) || metric.direction().better(result.score(), score);
    if (result.kind() == Trial.Kind.SEARCH && !result.failed() && better) {
      score = result.score();
      candidate = result.candidate();
    }
  }

  @Override
  public String toString() {
    return Double.isNaN(score)
        ? "none yet"
        : String.format(Locale.ROOT, "%.4f by candidate %d", score, candidate);
  }
}
