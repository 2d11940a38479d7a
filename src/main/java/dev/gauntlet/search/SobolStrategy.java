package dev.gauntlet.search;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points of a Sobol sequence (Joe and Kuo 2008), all shifted by one random vector and wrapped
 * around (Cranley and Patterson 1976), so that every seed has points of its own.
 */
final class SobolStrategy implements SearchStrategy {
  private static final int MAX_DIMENSIONS = 1000;
  private static final int ROUND = 64;

  private final int dimensions;
  private final double[] shift;

  /**
   * @throws InvalidInputException if the sequence has no so many dimensions
   */
  SobolStrategy(int dimensions, Seed seed) {
    if (dimensions > MAX_DIMENSIONS) {
      throw new InvalidInputException(
          "search.strategy: sobol in a space of "
              + dimensions
              + " dimensions; the rule: at most "
              + MAX_DIMENSIONS
              + ". Maybe random.");
    }
    this.dimensions = dimensions;
    this.shift = seed.random().doubles(dimensions).toArray();
  }

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    var sequence = new SobolSequenceGenerator(dimensions);
    if (!history.isEmpty()) {
      sequence.skipTo(history.size() - 1);
    }
    return Stream.generate(() -> Proposal.whole(shifted(sequence.nextVector())))
        .limit(ROUND)
        .toList();
  }

  private double[] shifted(double[] point) {
    for (int i = 0; i < point.length; i++) {
      point[i] = (point[i] + shift[i]) % 1;
    }
    return point;
  }
}
