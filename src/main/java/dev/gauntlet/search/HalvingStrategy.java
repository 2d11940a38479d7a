package dev.gauntlet.search;

import dev.gauntlet.config.Strategy.Halving;
import java.util.List;

/** One {@link Bracket} of random points, with as many stages as epochs and candidates allow. */
final class HalvingStrategy implements SearchStrategy {
  private final RandomStrategy points;
  private final Bracket bracket;

  /**
   * @param epochs the most that a candidate has
   * @throws dev.gauntlet.config.InvalidInputException if there are too few to halve
   */
  HalvingStrategy(Halving config, int candidates, int epochs, RandomStrategy points) {
    this.points = points;
    int byEpochs = Halvings.count("halving", epochs, config.eta(), config.minEpochs());
    int byCandidates = Halvings.logarithm(candidates, config.eta());
    this.bracket = new Bracket(candidates, Math.min(byEpochs, byCandidates), config.eta());
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    return bracket.next(() -> points.points(0, bracket.size()), new Bracket.Past(history));
  }
}
