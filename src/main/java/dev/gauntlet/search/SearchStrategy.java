package dev.gauntlet.search;

import java.util.List;

/**
 * Chooses points of the search space, round by round. What it proposes is a function of its seed
 * and of the history alone, not of the calls before.
 */
interface SearchStrategy {

  /** Whether the costs in the history matter; if not, rounds need not wait for them. */
  boolean learns();

  /**
   * The next round.
   *
   * @param history all proposals so far, in their order, rounds cut by a budget aside; the costs
   *     are NaN for a strategy that does not learn
   * @return empty if nothing is left to propose
   */
  List<Proposal> propose(List<Evaluated> history);
}
