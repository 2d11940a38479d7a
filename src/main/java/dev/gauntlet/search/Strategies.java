package dev.gauntlet.search;

import dev.gauntlet.config.Seed;
import dev.gauntlet.config.StrategyConfig;
import java.util.List;
import java.util.stream.IntStream;

/** The registry of strategies. */
public final class Strategies {
  private Strategies() {}

  /**
   * @param seed of the search
   */
  public static SearchStrategy of(StrategyConfig config, SearchSpace space, Seed seed) {
    return switch (config.strategy()) {
      case RANDOM ->
          new RandomStrategy(space.dimensions(), config.candidates(), seed.derive("random"));
      case GRID -> new GridStrategy(space, config.gridSteps(), config.candidates());
    };
  }

  /** Every candidate of a strategy, in order. */
  public static List<Candidate> candidates(SearchStrategy strategy, SearchSpace space) {
    return IntStream.range(0, strategy.size())
        .mapToObj(i -> space.candidate(i, strategy.point(i)))
        .toList();
  }
}
