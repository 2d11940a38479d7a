package dev.gauntlet.search;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.StrategyConfig;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator.Mode;

/**
 * Every combination, in Arbiter's order. Combinations that differ only in parameters of an
 * optimizer that is not chosen are one candidate.
 */
final class GridStrategy implements SearchStrategy {
  private static final BigInteger MAX_POINTS = BigInteger.valueOf(10_000_000);

  /** Points that are told apart to the last in order to say how many candidates there are. */
  private static final BigInteger COUNTED = BigInteger.valueOf(20_000);

  private final List<Proposal> proposals = new ArrayList<>();

  /**
   * @param steps values of each interval, at most
   * @param budget what the whole grid must keep
   * @throws InvalidInputException if it does not
   */
  GridStrategy(SearchSpace space, int steps, StrategyConfig budget) {
    BigInteger size = space.gridSize(steps);
    if (size.compareTo(MAX_POINTS) > 0) {
      throw tooLarge("candidates", size.toString(), budget.candidates());
    }
    if (space.dimensions() == 0) {
      proposals.add(Proposal.whole(new double[0]));
    } else {
      collect(space, steps, size, budget.candidates());
    }
    check("candidates", proposals.size(), budget.candidates());
    long trials = (long) proposals.size() * budget.repeats();
    check("max-trials", trials, budget.maxTrials());
    long epochs = proposals.stream().mapToLong(one -> space.epochs(one.point())).sum();
    check("max-epochs", epochs * budget.repeats(), budget.maxEpochs());
  }

  private void collect(SearchSpace space, int steps, BigInteger size, int limit) {
    boolean counted = size.compareTo(COUNTED) <= 0;
    Set<Map<String, Object>> seen = new HashSet<>();
    var generator = new GridSearchCandidateGenerator(space.arbiter(), steps, Mode.Sequential, null);
    while (generator.hasMoreCandidates()) {
      var candidate = generator.getCandidate();
      if (candidate.getValue() == null) {
        throw new InvalidInputException(
            "search.strategy: Arbiter makes no grid of space.network.file: "
                + SpaceFile.firstLine(candidate.getException())
                + ". Maybe FixedValue for a space of one value, or strategy: random.");
      }
      double[] point = candidate.getFlatParameters();
      if (seen.add(space.hyperparameters(point))) {
        proposals.add(Proposal.whole(point));
        if (!counted && proposals.size() > limit) {
          throw tooLarge("candidates", "up to " + size, limit);
        }
      }
    }
  }

  private static void check(String key, long size, Integer limit) {
    if (limit != null && size > limit) {
      throw tooLarge(key, Long.toString(size), limit);
    }
  }

  private static InvalidInputException tooLarge(String key, String size, int limit) {
    return new InvalidInputException(
        "search."
            + key
            + ": the grid has "
            + size
            + " "
            + key.replace("max-", "")
            + "; the rule: at most "
            + limit
            + ". Maybe fewer values, fewer steps, or strategy: random.");
  }

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    return proposals.subList(history.size(), proposals.size());
  }
}
