package dev.gauntlet.search;

import dev.gauntlet.config.Range;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.Strategy;
import dev.gauntlet.config.Strategy.Genetic;
import dev.gauntlet.config.Strategy.Grid;
import dev.gauntlet.config.Strategy.Halving;
import dev.gauntlet.config.Strategy.Hyperband;
import dev.gauntlet.config.Strategy.Sobol;
import dev.gauntlet.config.Strategy.Tpe;

/** The registry of strategies. */
final class Strategies {
  private Strategies() {}

  /**
   * @throws dev.gauntlet.config.InvalidInputException if strategy, space and budget do not go
   *     together
   */
  static SearchStrategy of(SearchConfig config, SearchSpace space) {
    Seed seed = new Seed(config.seed());
    Strategy strategy = config.search().strategy();
    int candidates = config.search().candidates();
    int dimensions = space.dimensions();
    var random = new RandomStrategy(dimensions, seed.derive("random"));
    if (strategy instanceof Halving halving) {
      return new HalvingStrategy(
          halving, candidates, Range.largest(config.space().training().epochs()), random);
    }
    if (strategy instanceof Hyperband hyperband) {
      return new HyperbandStrategy(
          hyperband, candidates, Range.largest(config.space().training().epochs()), random);
    }
    if (strategy instanceof Grid grid) {
      return new GridStrategy(space, grid.steps(), config.search());
    }
    if (strategy instanceof Strategy.Random || dimensions == 0) {
      return random;
    }
    if (strategy instanceof Sobol) {
      return new SobolStrategy(dimensions, seed.derive("sobol"));
    }
    return strategy instanceof Genetic genetic
        ? new GeneticStrategy(genetic, dimensions, seed.derive("genetic"))
        : new TpeStrategy((Tpe) strategy, new Coordinates(space.arbiter()), seed.derive("tpe"));
  }

  /** As many candidates, without the time that it takes to learn from them. */
  static SearchStrategy rehearsal(SearchConfig config, SearchSpace space) {
    SearchStrategy strategy = of(config, space);
    return strategy instanceof GeneticStrategy || strategy instanceof TpeStrategy
        ? new RandomStrategy(space.dimensions(), new Seed(config.seed()).derive("random"))
        : strategy;
  }
}
