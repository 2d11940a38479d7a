package dev.gauntlet.chaos;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.chaos.SoakSample.Gauge;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Search after search in one process, for some minutes: each with networks, with folds, dropout
 * passes and a baseline of MLlib, with a Spark context and a run folder of its own. It ends with 1
 * if the median of what the process holds is higher in the last third than in the second.
 */
public final class Soak {
  private static final String MASTER = "local[2]";
  private static final int FEWEST_SEARCHES = 9;

  private Soak() {}

  /**
   * @param arguments minutes
   */
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofMinutes(Long.parseLong(arguments[0]));
    List<SoakSample> samples = new ArrayList<>();
    long start = System.nanoTime();
    long seconds = 0;
    while (seconds < time.toSeconds() || samples.size() < FEWEST_SEARCHES) {
      search(samples.size());
      seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      samples.add(SoakSample.take(seconds));
      System.out.printf("%4d%s%n", samples.size(), samples.get(samples.size() - 1));
    }
    List<String> growths = growths(samples);
    growths.forEach(System.out::println);
    System.exit(growths.isEmpty() ? 0 : 1);
  }

  private static void search(int seed) throws IOException {
    Path folder = Files.createTempDirectory("gauntlet-soak");
    SearchConfig config =
        ConfigReader.read(
            Searches.CONF,
            Searches.small("seed=" + seed, "validate.baselines=[majority, logistic-regression]"));
    try {
      Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
      try (var executor = new SparkTrialExecutor(SparkSessions.start("soak", MASTER));
          RunFolder run = RunFolder.open(folder.resolve("run").toString())) {
        gauntlet.run(executor, run, Progress.NONE);
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A sentence for each gauge that grows. */
  static List<String> growths(List<SoakSample> samples) {
    List<SoakSample> second = samples.subList(samples.size() / 3, 2 * samples.size() / 3);
    List<SoakSample> last = samples.subList(2 * samples.size() / 3, samples.size());
    List<String> growths = new ArrayList<>();
    for (Gauge gauge : SoakSample.GAUGES) {
      long before = median(second, gauge.value());
      long after = median(last, gauge.value());
      System.out.printf("%-16s median %d, then %d%n", gauge.name(), before, after);
      if (after > gauge.most(before)) {
        growths.add(
            gauge.name()
                + " grows: "
                + after
                + " after "
                + before
                + ", at most "
                + gauge.most(before));
      }
    }
    return growths;
  }

  private static long median(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
