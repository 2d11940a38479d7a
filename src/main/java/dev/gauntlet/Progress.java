package dev.gauntlet;

import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;

/** Hears how a search goes, as far as it wants to. All calls come from one thread. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE = new Progress() {};

  /**
   * A phase of the search begins.
   *
   * @param phase for people, such as {@code search}
   * @param trials how many results will follow
   */
  default void phase(String phase, int trials) {}

  default void finished(TrialResult result) {}

  /** A baseline was fitted. */
  default void fitted(BaselineTrialResult result) {}

  /** A result of this phase that an earlier run has recorded. */
  default void recorded(TrialResult result) {}

  /** As {@link #recorded(TrialResult)}. */
  default void recorded(BaselineTrialResult result) {}

  /**
   * An attempt broke, and is made again.
   *
   * @param cause for people
   */
  default void retried(Trial trial, String cause) {}

  /** As {@link #retried(Trial, String)}. */
  default void retried(BaselineTrial trial, String cause) {}

  /** How far a trial is; said now and then, if at all, and again where nothing has changed. */
  default void running(RunningTrial trial) {}
}
