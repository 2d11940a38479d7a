package dev.gauntlet.cli;

import dev.gauntlet.RunningTrial;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A line per trial, and now and then one of a trial that takes long. */
final class PlainProgress implements ProgressStyle.Listener {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final PrintWriter err;
  private final Metric metric;
  private final BestScore best;
  private final Map<String, Long> saidAt = new HashMap<>();
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
    saidAt.clear();
  }

  @Override
  public void recorded(TrialResult result) {
    best.add(result);
    done++;
  }

  @Override
  public void recorded(BaselineTrialResult result) {
    done++;
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
    String name = name(result.kind(), result.candidate(), result.index());
    saidAt.remove(name);
    over(name + ": " + outcome + " (best " + best + ")");
  }

  @Override
  public void fitted(BaselineTrialResult result) {
    over(
        name(result.trial())
            + ": "
            + (result.failed()
                ? "failed: " + result.failure()
                : String.format(
                    Locale.ROOT,
                    "%s %.4f, %.1f s",
                    Names.word(metric),
                    result.score(),
                    result.seconds())));
  }

  private void over(String line) {
    say("[%s %d/%d] ".formatted(phase, ++done, trials) + line);
  }

  @Override
  public void retried(Trial trial, String cause) {
    again(name(trial.kind(), trial.candidate().id(), trial.index()), cause);
  }

  @Override
  public void retried(BaselineTrial trial, String cause) {
    again(name(trial), cause);
  }

  private void again(String name, String cause) {
    say("[" + phase + "] " + name + " is tried again: " + cause);
  }

  @Override
  public void running(RunningTrial trial) {
    String name = name(trial.kind(), trial.candidate(), trial.index());
    long now = System.nanoTime();
    long last = saidAt.computeIfAbsent(name, first -> now);
    if (now - last > LONG.toNanos()) {
      saidAt.put(name, now);
      say("[" + phase + "] " + name + ": " + EpochText.of(trial));
    }
  }

  private void say(String line) {
    err.println(line);
    err.flush();
  }

  private static String name(BaselineTrial trial) {
    return Names.word(trial.baseline())
        + (trial.fold() == BaselineTrial.SEARCH ? "" : " fold " + (trial.fold() + 1));
  }

  private static String name(Trial.Kind kind, int candidate, int index) {
    return "candidate "
        + candidate
        + switch (kind) {
          case SEARCH -> index == 0 ? "" : " repeat " + (index + 1);
          case FOLD -> " fold " + (index + 1);
          case FINAL -> " on the test rows";
        };
  }

  @Override
  public void close() {}
}
