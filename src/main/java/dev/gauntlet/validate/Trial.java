package dev.gauntlet.validate;

import dev.gauntlet.config.Names;
import dev.gauntlet.search.Candidate;
import java.io.Serializable;

/**
 * One training of one candidate (two, where a network without dropout is measured with it).
 *
 * @param index the repeat or the fold, from 0
 */
public record Trial(Kind kind, Candidate candidate, int index) implements Serializable {

  /** What a trial is for. */
  public enum Kind {
    /** Trained on the training rows, scored on the validation rows. */
    SEARCH,
    /** Trained on all folds but one, scored on that one. */
    FOLD,
    /**
     * Search repeat 0 trained once more, to the same weights: scored on the test rows, with and
     * without Monte Carlo dropout, and saved.
     */
    FINAL
  }

  @Override
  public String toString() {
    return "candidate "
        + candidate.id()
        + " "
        + Names.word(kind)
        + (kind == Kind.FINAL ? "" : " " + index);
  }
}
