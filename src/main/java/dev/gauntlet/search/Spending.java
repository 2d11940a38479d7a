package dev.gauntlet.search;

import dev.gauntlet.config.StrategyConfig;
import java.util.Optional;

/** What a search has spent of its budgets, time aside. */
public final class Spending {
  private final StrategyConfig budget;
  private int candidates;
  private long trials;
  private long epochs;
  private long longest;

  Spending(StrategyConfig budget) {
    this.budget = budget;
  }

  /**
   * Whether something is left for an attempt.
   *
   * @param first whether it is the candidate's first one
   * @param more epochs of one training
   * @return the reason if not; no words for the usual one, that there are all candidates
   */
  Optional<String> limit(boolean first, int more) {
    if (first && candidates == budget.candidates()) {
      return Optional.of("");
    }
    if (exceeds(trials + budget.repeats(), budget.maxTrials())) {
      return Optional.of("The search ended at search.max-trials, " + budget.maxTrials() + ".");
    }
    return exceeds(epochs + (long) budget.repeats() * more, budget.maxEpochs())
        ? Optional.of("The search ended at search.max-epochs, " + budget.maxEpochs() + ".")
        : Optional.empty();
  }

  private static boolean exceeds(long value, Integer limit) {
    return limit != null && value > limit;
  }

  void add(boolean first, int more) {
    candidates += first ? 1 : 0;
    trials += budget.repeats();
    epochs += (long) budget.repeats() * more;
  }

  /** A round of attempts is over; the next one waits for the longest of them. */
  void endRound(int most) {
    longest += most;
  }

  /** Epochs of each round's longest training, in sum over rounds. */
  public long longest() {
    return longest;
  }

  /** Different ones. */
  public int candidates() {
    return candidates;
  }

  /** Repeats and later stages included. */
  public long trials() {
    return trials;
  }

  /** As planned: early stopping may train fewer. */
  public long epochs() {
    return epochs;
  }
}
