package dev.gauntlet.search;

import dev.gauntlet.config.InvalidInputException;
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

  private final List<double[]> points = new ArrayList<>();

  /**
   * @param steps values of each interval, at most
   * @param budget the number of candidates that the grid may have
   * @throws InvalidInputException if it has more
   */
  GridStrategy(SearchSpace space, int steps, int budget) {
    BigInteger size = space.gridSize(steps);
    if (size.compareTo(MAX_POINTS) > 0) {
      throw tooLarge(size.toString(), budget);
    }
    if (space.dimensions() == 0) {
      points.add(new double[0]);
      return;
    }
    Set<Map<String, Object>> seen = new HashSet<>();
    var generator = new GridSearchCandidateGenerator(space.arbiter(), steps, Mode.Sequential, null);
    while (generator.hasMoreCandidates()) {
      var candidate = generator.getCandidate();
      if (candidate.getValue() == null) {
        throw new IllegalStateException("no candidate in the grid", candidate.getException());
      }
      double[] point = candidate.getFlatParameters();
      if (seen.add(space.hyperparameters(point))) {
        points.add(point);
      }
    }
    if (points.size() > budget) {
      throw tooLarge(Integer.toString(points.size()), budget);
    }
  }

  private static InvalidInputException tooLarge(String size, int budget) {
    return new InvalidInputException(
        "search.candidates: the grid has "
            + size
            + " candidates; the rule: at most "
            + budget
            + ". Maybe fewer values, a smaller grid-steps, or strategy: random.");
  }

  @Override
  public int size() {
    return points.size();
  }

  @Override
  public double[] point(int i) {
    return points.get(i).clone();
  }
}
