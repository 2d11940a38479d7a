package dev.gauntlet.benchmark;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import dev.gauntlet.train.Stage;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What averaging costs in accuracy, and in time where cores do not grow with shards: one network of
 * two layers of 64 units on MNIST's training images, a sixth of which it is scored on, for each
 * number of shards and each frequency.
 */
public final class AveragingAccuracyBenchmark {
  private static final String SEARCH =
      """
      name: averaging
      seed: 1
      task: classification
      data:
        {path: %1$s/mnist/train-images-idx3-ubyte.gz, labels: %1$s/mnist/train-labels-idx1-ubyte.gz,
         split: {train: 0.8, validation: 0.15, test: 0.05}}
      space:
        network: {type: dense, layers: 2, units: 64, activation: relu}
        optimizer: {type: adam, learning-rate: 1e-3}
        training: {batch-size: 64, epochs: 20}
      search: {candidates: 1, metric: accuracy}
      """;

  private AveragingAccuracyBenchmark() {}

  /**
   * @param arguments the folder with {@code mnist}
   */
  public static void main(String[] arguments) {
    String search = SEARCH.formatted(Path.of(arguments[0]).toAbsolutePath());
    try (var executor = new SparkTrialExecutor(SparkSessions.start("benchmark", "local[2]"))) {
      measure(executor, search, List.of());
      for (int shards : new int[] {2, 4, 8}) {
        for (String frequency : List.of("epoch", "100", "20", "5")) {
          measure(executor, search, averaging(shards, frequency, 64));
        }
        // As many steps of an epoch as in one place.
        measure(executor, search, averaging(shards, "epoch", 64 / shards));
        measure(executor, search, averaging(shards, "20", 64 / shards));
      }
    }
  }

  private static List<String> averaging(int shards, String frequency, int batch) {
    return List.of(
        "space.training.distribution=parameter-averaging",
        "space.training.shards=" + shards,
        "space.training.averaging-frequency=" + frequency,
        "space.training.batch-size=" + batch);
  }

  private static void measure(SparkTrialExecutor executor, String search, List<String> overrides) {
    SearchConfig config = ConfigReader.parse(search, Path.of("benchmark.yaml"), overrides);
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    var candidate = gauntlet.samples().get(0);
    System.out.printf("%s:", overrides.isEmpty() ? "plain" : String.join(" ", overrides));
    for (int epochs : new int[] {5, 20}) {
      List<TrialResult> results = new ArrayList<>();
      var trial = new Trial(Trial.Kind.SEARCH, candidate, 0, new Stage(epochs, null));
      executor.run(gauntlet.experiment(), List.of(trial), () -> true, results::add, Progress.NONE);
      TrialResult result = results.get(0);
      System.out.printf(
          " %d epochs %.2f %% in %.1f s;", epochs, 100 * result.score(), result.seconds());
    }
    System.out.println();
  }
}
