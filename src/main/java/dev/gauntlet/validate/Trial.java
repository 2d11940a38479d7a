package dev.gauntlet.validate;

import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.Stage;
import java.io.Serializable;

/**
 * One training of one candidate (two, where a network without dropout is measured with it).
 *
 * @param index the repeat or the fold, from 0
 * @param stage all epochs, but for search trials of a strategy that promotes
 */
public record Trial(Kind kind, Candidate candidate, int index, Stage stage)
    implements Serializable {

  /** A trial of all epochs. */
  public Trial(Kind kind, Candidate candidate, int index) {
    this(kind, candidate, index, new Stage(candidate.plan().epochs(), null));
  }

  /** Epochs that it is trained up to. */
  public int until() {
    return stage.until();
  }

  /** The same, going on from a checkpoint. */
  public Trial from(byte[] checkpoint) {
    return new Trial(kind, candidate, index, new Stage(stage.until(), checkpoint));
  }

  /** What a trial is for. */
  public enum Kind {
    /** Trained on the training rows, scored on the validation rows. */
    SEARCH,
    /** Trained on all folds but one, scored on that one. */
    FOLD,
    /**
     * Search repeat 0 trained once more for all epochs, to the same weights if the search did so
     * too: scored on the test rows, with and without Monte Carlo dropout, and saved.
     */
    FINAL
  }
}
