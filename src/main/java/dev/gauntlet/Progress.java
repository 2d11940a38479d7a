package dev.gauntlet;

import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.TrialResult;

/** Hears how a search goes. All calls come from one thread. */
public interface Progress {

  /**
   * A phase of the search begins.
   *
   * @param phase for people, such as {@code search}
   * @param trials how many results will follow
   */
  void phase(String phase, int trials);

  void finished(TrialResult result);

  /** A baseline was fitted. */
  void fitted(BaselineTrialResult result);
}
