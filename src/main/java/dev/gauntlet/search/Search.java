package dev.gauntlet.search;

import dev.gauntlet.config.SearchConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A search as rounds of attempts, without training: what the strategy proposes, less what is known
 * already and what the budget does not allow. A function of the configuration and of the costs that
 * it is told, in whatever order these come.
 *
 * <p>Points with equal hyperparameters are one candidate. It is trained up to the same epochs only
 * once: the strategy hears the known cost again.
 */
public final class Search {
  /** Proposals without anything to train, one after the other, before the space is exhausted. */
  private static final int PATIENCE = 1000;

  private final SearchSpace space;
  private final SearchStrategy strategy;
  private final List<Evaluated> history = new ArrayList<>();
  private final List<Proposed> round = new ArrayList<>();
  private final Map<String, Known> known = new HashMap<>();
  private final List<Known> byId = new ArrayList<>();
  private final Spending spending;
  private Set<Integer> last = Set.of();
  private int untold;
  private int repeated;
  private boolean over;
  private String note = "";

  /**
   * @throws dev.gauntlet.config.InvalidInputException if strategy, space and budget do not go
   *     together
   */
  public Search(SearchConfig config, SearchSpace space) {
    this(config, space, Strategies.of(config, space));
  }

  Search(SearchConfig config, SearchSpace space, SearchStrategy strategy) {
    this.space = space;
    this.strategy = strategy;
    this.spending = new Spending(config.search());
  }

  /** A proposal of this round. */
  private record Proposed(Proposal proposal, Known candidate, int until) {}

  /** A candidate, and its cost after so many epochs. */
  private static final class Known {
    private final int id;
    private final TreeMap<Integer, Double> costs = new TreeMap<>();
    private int trained;

    Known(int id) {
      this.id = id;
    }

    /** Of as many epochs, or of the fewest that are more. */
    double cost(int until) {
      var entry = costs.ceilingEntry(until);
      return entry == null ? Double.POSITIVE_INFINITY : entry.getValue();
    }
  }

  /**
   * The next round; everything, if the strategy does not learn.
   *
   * @return empty if the search is over
   * @throws IllegalStateException if a strategy that learns was not told of the last round
   */
  public List<Attempt> next() {
    if (strategy.learns() && untold > 0) {
      throw new IllegalStateException(untold + " attempts of the round have no cost yet");
    }
    List<Attempt> attempts = new ArrayList<>();
    while (!over && (attempts.isEmpty() || !strategy.learns())) {
      int before = attempts.size();
      endRound();
      List<Proposal> proposals = strategy.propose(Collections.unmodifiableList(history));
      over = proposals.isEmpty();
      for (Proposal proposal : proposals) {
        if (!over) {
          consider(proposal, attempts);
        }
      }
      // Not within a round: those of it that are new may be promoted in the next one.
      if (!over && repeated >= PATIENCE && attempts.size() == before) {
        over = true;
        note = spending.limit(true, 1).orElseGet(this::exhausted);
      }
    }
    last = attempts.stream().map(Attempt::candidate).collect(Collectors.toSet());
    untold = attempts.size();
    spending.endRound(attempts.stream().mapToInt(Attempt::epochs).max().orElse(0));
    return attempts;
  }

  private void endRound() {
    for (Proposed one : round) {
      double cost = strategy.learns() ? one.candidate.cost(one.until) : Double.NaN;
      history.add(new Evaluated(one.proposal.point(), one.proposal.share(), cost));
    }
    round.clear();
  }

  private void consider(Proposal proposal, List<Attempt> attempts) {
    String key = space.hyperparameters(proposal.point()).toString();
    Known candidate = known.getOrDefault(key, new Known(byId.size()));
    int epochs = space.epochs(proposal.point());
    int until = (int) Math.max(1, Math.floor(proposal.share() * epochs + 1e-9));
    if (candidate.trained >= until) {
      repeated++;
    } else {
      boolean first = candidate.trained == 0;
      // What was not in the last round has no checkpoint any more.
      int from = last.contains(candidate.id) ? candidate.trained : 0;
      Optional<String> limit = spending.limit(first, until - from);
      if (limit.isPresent()) {
        over = true;
        note = limit.get();
        return;
      }
      repeated = 0;
      spending.add(first, until - from);
      if (first) {
        known.put(key, candidate);
        byId.add(candidate);
      }
      candidate.trained = until;
      attempts.add(new Attempt(candidate.id, proposal.point(), from, until));
    }
    round.add(new Proposed(proposal, candidate, until));
  }

  private String exhausted() {
    return "The search ended early: "
        + PATIENCE
        + " proposals in a row were known already, so the space has hardly more than its "
        + byId.size()
        + " candidates.";
  }

  /**
   * Tells what an attempt gave.
   *
   * @param cost lower is better; anything that is not finite is a failure
   */
  public void tell(Attempt attempt, double cost) {
    double told = Double.isFinite(cost) ? cost : Double.POSITIVE_INFINITY;
    if (byId.get(attempt.candidate()).costs.put(attempt.until(), told) == null) {
      untold--;
    }
  }

  /** Why the search ended before its strategy or its budget of candidates did. */
  public Optional<String> note() {
    return Optional.of(note).filter(text -> !text.isEmpty());
  }

  /** What was spent so far. */
  public Spending spent() {
    return spending;
  }

  /**
   * A search from its beginning to its end with candidates that are all equally good. Its spending
   * is that of the real one, but for candidates that fail and for how often a strategy that learns
   * proposes the same.
   */
  public static Search rehearsed(SearchConfig config, SearchSpace space) {
    Search search = new Search(config, space, Strategies.rehearsal(config, space));
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      round.forEach(attempt -> search.tell(attempt, 0));
    }
    return search;
  }
}
