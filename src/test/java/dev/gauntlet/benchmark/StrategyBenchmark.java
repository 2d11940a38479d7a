package dev.gauntlet.benchmark;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.search.Attempt;
import dev.gauntlet.search.Search;
import dev.gauntlet.search.SearchSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Time of a search without its trainings: milliseconds per candidate at 10,000 candidates, for each
 * strategy, in the space of {@code conf/quickstart.yaml}. The target is below 5.
 */
public final class StrategyBenchmark {
  private static final int CANDIDATES = 10_000;

  /** Half as many candidates. */
  private static final String GRID = "{type: grid, steps: 2}";

  private StrategyBenchmark() {}

  /** Without arguments, or with the names of strategies. */
  public static void main(String[] names) {
    List<String> all =
        names.length > 0
            ? List.of(names)
            : List.of("random", GRID, "sobol", "genetic", "halving", "hyperband", "tpe");
    for (String name : all) {
      SearchConfig config =
          ConfigReader.read(
              Path.of("conf/quickstart.yaml"),
              List.of("search.strategy=" + name, "search.candidates=" + CANDIDATES));
      long start = System.nanoTime();
      int candidates = run(new Search(config, new SearchSpace(config.space(), 30, 2)));
      double milliseconds = (System.nanoTime() - start) / 1e6;
      System.out.printf(
          "%-22s %.3f ms per candidate (%d candidates)%n",
          name, milliseconds / candidates, candidates);
    }
  }

  private static int run(Search search) {
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      round.forEach(
          attempt ->
              search.tell(
                  attempt, Arrays.stream(attempt.point()).map(x -> (x - 0.3) * (x - 0.3)).sum()));
    }
    return search.spent().candidates();
  }
}
