package dev.gauntlet.benchmark;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.search.Attempt;
import dev.gauntlet.search.Search;
import dev.gauntlet.train.Stage;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What a strategy finds for a budget: the best validation score of each, mean and standard
 * deviation over seeds, all with the same number of epochs and, for one seed, the same split. A
 * candidate that a strategy stopped early counts too, with the score that it had.
 *
 * <p>On MNIST's 10,000 test images and on the 25,192 rows of NSL-KDD's 20 % training file.
 */
public final class SearchQualityBenchmark {
  private static final int EPOCHS = 9;
  private static final int CANDIDATES = 27;

  private static final String SEARCH =
      """
      data: {%s, split: {train: 0.7, validation: 0.2, test: 0.1}}
      space:
        network:
          {type: dense, layers: {min: 1, max: 3}, units: {min: 16, max: 256, scale: log},
           activation: {choice: [relu, tanh, sigmoid]}, batch-norm: {choice: [none, after]},
           dropout: {min: 0, max: 0.5}, l2: {min: 1e-7, max: 1e-2, scale: log}}
        optimizer:
          choice:
            - {type: sgd, learning-rate: {min: 1e-4, max: 1, scale: log}, momentum: {choice: [0, 0.9]}}
            - {type: adam, learning-rate: {min: 1e-5, max: 0.1, scale: log}}
        training: {batch-size: {choice: [64, 128, 256]}, epochs: 9}
      search: {candidates: 1000, max-epochs: 243, metric: accuracy}
      """;

  /** A grid of 27 points needs a smaller space. */
  private static final List<String> GRID =
      List.of(
          "search.strategy={type: grid, steps: 3}",
          "space.network={type: dense, layers: 2, units: {choice: [32, 96, 256]},"
              + " dropout: {min: 0, max: 0.5}}",
          "space.optimizer={type: adam, learning-rate: {min: 1e-4, max: 1e-2, scale: log}}",
          "space.training.batch-size=128");

  private SearchQualityBenchmark() {}

  /**
   * @param arguments the folder with {@code mnist} and {@code nsl-kdd}, how many seeds, and
   *     trainings at a time
   */
  public static void main(String[] arguments) throws Exception {
    String folder = Path.of(arguments[0]).toAbsolutePath().toString();
    int seeds = Integer.parseInt(arguments[1]);
    Map<String, String> data = new LinkedHashMap<>();
    data.put(
        "MNIST (10,000 images)",
        "path: %1$s/mnist/t10k-images-idx3-ubyte.gz, labels: %1$s/mnist/t10k-labels-idx1-ubyte.gz");
    data.put(
        "NSL-KDD (20 %)",
        "path: %1$s/nsl-kdd/train-20percent.csv.gz, label: attack, drop: [difficulty],"
            + " categorical: [protocol_type, service, flag],"
            + " label-map: {normal: normal, \"*\": attack}");
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
    try {
      for (Map.Entry<String, String> set : data.entrySet()) {
        measure(set.getKey(), set.getValue().formatted(folder), seeds, pool);
      }
    } finally {
      pool.shutdown();
    }
  }

  private static void measure(String name, String data, int seeds, ExecutorService pool)
      throws Exception {
    Map<String, SummaryStatistics> scores = new LinkedHashMap<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (String strategy : List.of("grid", "random", "sobol", "hyperband", "tpe", "genetic")) {
        List<String> overrides = new ArrayList<>(List.of("seed=" + seed));
        overrides.addAll(strategy.equals("grid") ? GRID : List.of("search.strategy=" + strategy));
        SearchConfig config =
            ConfigReader.parse(SEARCH.formatted(data), Path.of("benchmark.yaml"), overrides);
        long start = System.nanoTime();
        double best = best(Gauntlet.prepare(config, new FileTableReader()), pool);
        scores.computeIfAbsent(strategy, key -> new SummaryStatistics()).addValue(best);
        System.out.printf(
            "%s, seed %d, %s: %.4f, %.0f s%n",
            name, seed, strategy, best, (System.nanoTime() - start) / 1e9);
      }
    }
    System.out.printf(
        "%n%s, best validation accuracy for %d epochs, %d seeds%n",
        name, EPOCHS * CANDIDATES, seeds);
    scores.forEach(
        (strategy, values) ->
            System.out.printf(
                "  %-10s %.4f ± %.4f%n",
                strategy, values.getMean(), values.getStandardDeviation()));
  }

  private static double best(Gauntlet gauntlet, ExecutorService pool) throws Exception {
    Search search = gauntlet.search();
    Direction direction = gauntlet.experiment().config().search().metric().direction();
    Map<Integer, byte[]> checkpoints = new HashMap<>();
    double best = Double.NaN;
    for (List<Attempt> round = search.next(); !round.isEmpty(); round = search.next()) {
      List<Callable<TrialResult>> trainings = new ArrayList<>();
      for (Attempt attempt : round) {
        byte[] from = attempt.from() == 0 ? null : checkpoints.get(attempt.candidate());
        trainings.add(() -> train(gauntlet, attempt, from));
      }
      List<Future<TrialResult>> results = pool.invokeAll(trainings);
      for (int i = 0; i < round.size(); i++) {
        TrialResult result = results.get(i).get();
        search.tell(round.get(i), -result.score());
        checkpoints.put(result.candidate(), result.outcome().checkpoint());
        best = direction.compare(result.score(), best) < 0 ? result.score() : best;
      }
    }
    return best;
  }

  private static TrialResult train(Gauntlet gauntlet, Attempt attempt, byte[] from) {
    var candidate = gauntlet.space().candidate(attempt.candidate(), attempt.point());
    var trial = new Trial(Trial.Kind.SEARCH, candidate, 0, new Stage(attempt.until(), from));
    var engine = Engines.of(gauntlet.experiment().config().run().engine(), candidate);
    return new TrialRunner(gauntlet.experiment(), engine).run(trial, "");
  }
}
