package dev.gauntlet.search;

import dev.gauntlet.config.Strategy.Hyperband;
import java.util.List;

/**
 * Brackets of successive halving, from many points of few epochs to few points of all epochs, again
 * and again until there are enough candidates (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar:
 * Hyperband, JMLR 18, 2018, algorithm 1). The last bracket may be smaller.
 */
final class HyperbandStrategy implements SearchStrategy {
  private final RandomStrategy points;
  private final int candidates;
  private final int eta;
  private final int most;

  /**
   * @param epochs the most that a candidate has
   * @throws dev.gauntlet.config.InvalidInputException if there are too few to halve
   */
  HyperbandStrategy(Hyperband config, int candidates, int epochs, RandomStrategy points) {
    this.points = points;
    this.candidates = candidates;
    this.eta = config.eta();
    this.most = Halvings.count("hyperband", epochs, eta, config.minEpochs());
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    var past = new Bracket.Past(history);
    List<Proposal> stage = List.of();
    int drawn = 0;
    for (int turn = 0; stage.isEmpty() && drawn < candidates; turn++) {
      int last = most - turn % (most + 1);
      double full = Math.ceil((most + 1) * Math.pow(eta, last) / (last + 1) - 1e-9);
      int size = (int) Math.min(candidates - drawn, full);
      int from = drawn;
      stage = new Bracket(size, last, eta).next(() -> points.points(from, size), past);
      drawn += size;
    }
    return stage;
  }
}
