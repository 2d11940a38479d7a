package dev.gauntlet.cli;

import dev.gauntlet.RunningTrial;
import dev.gauntlet.config.Metric;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.TrialResult;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar per phase. */
final class BarProgress implements ProgressStyle.Listener {
  private final BestScore best;
  private ProgressBar bar;

  BarProgress(Metric metric) {
    this.best = new BestScore(metric);
  }

  @Override
  public void phase(String phase, int trials) {
    close();
    bar =
        new ProgressBarBuilder()
            .setTaskName(phase)
            .setInitialMax(trials)
            .setUnit(" trials", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .build();
  }

  @Override
  public void recorded(TrialResult result) {
    finished(result);
  }

  @Override
  public void recorded(BaselineTrialResult result) {
    bar.step();
  }

  @Override
  public void running(RunningTrial trial) {
    bar.setExtraMessage(
        " best " + best + "; candidate " + trial.candidate() + " " + EpochText.of(trial));
  }

  @Override
  public void finished(TrialResult result) {
    best.add(result);
    bar.setExtraMessage(" best " + best);
    bar.step();
  }

  @Override
  public void fitted(BaselineTrialResult result) {
    bar.step();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
