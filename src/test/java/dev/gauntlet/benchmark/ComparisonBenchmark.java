package dev.gauntlet.benchmark;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.InputShape;
import dev.gauntlet.search.SearchSpace;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How often the test tells apart two models that are equal but for their seeds, at the 5 % level:
 * the corrected test, and the same without the correction. Each pair has folds of its own, on
 * {@code conf/data/breast-cancer.csv}. The target is at most 8 %.
 */
public final class ComparisonBenchmark {
  private static final double LEVEL = 0.05;
  private static final List<String> SMALL =
      List.of(
          "space.network={type: dense, layers: 1, units: 8}",
          "space.optimizer={type: adam, learning-rate: 0.01}",
          "space.training={batch-size: 64, epochs: 5}",
          "search.candidates=2");

  private ComparisonBenchmark() {}

  /** Optionally the number of pairs, 400 without, and of folds, 10 without. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
    int folds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    SearchConfig first = config(0, folds);
    Dataset dataset = Datasets.read(first.data(), first.task(), new FileTableReader());
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Future<Pair>> running = new ArrayList<>();
    for (int seed = 0; seed < pairs; seed++) {
      SearchConfig config = config(seed, folds);
      running.add(pool.submit(() -> pair(Experiment.of(config, dataset))));
    }
    List<Pair> done = new ArrayList<>();
    for (Future<Pair> one : running) {
      done.add(one.get());
    }
    pool.shutdown();
    for (Metric metric : List.of(Metric.ACCURACY, Metric.LOG_LOSS)) {
      double ratio = 1.0 / (folds - 1);
      System.out.printf(
          "%-8s %d pairs of equal models, %d folds: told apart by the corrected test %.1f %%,"
              + " without correction %.1f %%%n",
          metric.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          pairs,
          folds,
          100 * rejected(done, metric, ratio),
          100 * rejected(done, metric, 0));
    }
  }

  private static SearchConfig config(int seed, int folds) {
    List<String> overrides = new ArrayList<>(SMALL);
    overrides.add("seed=" + seed);
    overrides.add("validate.folds=" + folds);
    return ConfigReader.read(Path.of("conf/quickstart.yaml"), overrides);
  }

  /** The results of two candidates, fold by fold. */
  private record Pair(List<TrialResult> one, List<TrialResult> other) {}

  /** One point with two numbers, and so with two seeds. */
  private static Pair pair(Experiment experiment) {
    Dataset dataset = experiment.dataset();
    var space =
        new SearchSpace(
            experiment.config().space(), InputShape.of(dataset.features()), dataset.outputs());
    double[] point = new double[space.dimensions()];
    return new Pair(
        folds(experiment, space.candidate(0, point)), folds(experiment, space.candidate(1, point)));
  }

  private static List<TrialResult> folds(Experiment experiment, Candidate candidate) {
    var runner = new TrialRunner(experiment, new Dl4jEngine());
    return IntStream.range(0, experiment.folds().size())
        .mapToObj(fold -> runner.run(new Trial(Trial.Kind.FOLD, candidate, fold), "here"))
        .toList();
  }

  private static double rejected(List<Pair> pairs, Metric metric, double ratio) {
    long told =
        pairs.stream()
            .filter(
                pair ->
                    scores(pair.one(), metric, ratio).pValue(scores(pair.other(), metric, ratio))
                        < LEVEL)
            .count();
    return (double) told / pairs.size();
  }

  private static FoldScores scores(List<TrialResult> folds, Metric metric, double ratio) {
    return new FoldScores(
        folds.stream()
            .mapToDouble(fold -> fold.outcome().evaluation().scores().get(metric))
            .toArray(),
        ratio);
  }
}
