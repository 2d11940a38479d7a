package dev.gauntlet.cli;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.TrialResult;
import java.io.PrintWriter;
import java.util.Locale;

/** A line per trial. */
final class PlainProgress implements ProgressStyle.Listener {
  private final PrintWriter err;
  private final Metric metric;
  private final BestScore best;
  private String phase;
  private int trials;
  private int done;

  PlainProgress(PrintWriter err, Metric metric) {
    this.err = err;
    this.metric = metric;
    this.best = new BestScore(metric);
  }

  @Override
  public void phase(String name, int count) {
    phase = name;
    trials = count;
    done = 0;
  }

  @Override
  public void finished(TrialResult result) {
    best.add(result);
    String outcome =
        result.failed()
            ? "failed: " + result.failure()
            : String.format(
                Locale.ROOT,
                "%s %.4f, %d epochs, %.1f s",
                Names.word(metric),
                result.score(),
                result.outcome().epochs(),
                result.seconds());
    err.printf(
        "[%s %d/%d] candidate %d%s: %s (best %s)%n",
        phase, ++done, trials, result.candidate(), place(result), outcome, best);
    err.flush();
  }

  @Override
  public void fitted(BaselineTrialResult result) {
    int fold = result.trial().fold();
    err.printf(
        "[%s %d/%d] %s%s: %s%n",
        phase,
        ++done,
        trials,
        Names.word(result.trial().baseline()),
        fold == BaselineTrial.SEARCH ? "" : " fold " + (fold + 1),
        result.failed()
            ? "failed: " + result.failure()
            : String.format(
                Locale.ROOT,
                "%s %.4f, %.1f s",
                Names.word(metric),
                result.score(),
                result.seconds()));
    err.flush();
  }

  private static String place(TrialResult result) {
    return switch (result.kind()) {
      case SEARCH -> result.index() == 0 ? "" : " repeat " + (result.index() + 1);
      case FOLD -> " fold " + (result.index() + 1);
      case FINAL -> " on the test rows";
    };
  }

  @Override
  public void close() {}
}
