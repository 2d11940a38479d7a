package dev.gauntlet.cli;

import dev.gauntlet.RunningTrial;
import java.util.Locale;

/** How far a trial is, in words. */
final class EpochText {
  private EpochText() {}

  static String of(RunningTrial trial) {
    return String.format(
        Locale.ROOT, "epoch %d of %d, loss %.4g", trial.epoch(), trial.until(), trial.loss());
  }
}
