package dev.gauntlet.search;

import dev.gauntlet.config.StrategyConfig;
import java.util.Optional;

/** What a search has spent of its budgets, time aside. */
public final class Spending {
  private final StrategyConfig budget;
  private int candidates;
  private long trials;
  private long epochs;

  Spending(StrategyConfig budget) {
    this.budget = budget;
  }

  /**
   * Whether something is left for an attempt.
   *
   * @return the reason if not; no words for the usual one, that there are all candidates
   */
  Optional<String> limit(int from, int until) {
    if (from == 0 && candidates == budget.candidates()) {
      return Optional.of("");
    }
    if (exceeds(trials + budget.repeats(), budget.maxTrials())) {
      return Optional.of("The search ended at search.max-trials, " + budget.maxTrials() + ".");
    }
    return exceeds(epochs + epochs(from, until), budget.maxEpochs())
        ? Optional.of("The search ended at search.max-epochs, " + budget.maxEpochs() + ".")
        : Optional.empty();
  }

  private static boolean exceeds(long value, Integer limit) {
    return limit != null && value > limit;
  }

  private long epochs(int from, int until) {
    return (long) budget.repeats() * (until - from);
  }

  void add(int from, int until) {
    candidates += from == 0 ? 1 : 0;
    trials += budget.repeats();
    epochs += epochs(from, until);
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
