package dev.gauntlet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import dev.gauntlet.train.EngineFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What {@link Gauntlet#run} took, Spark's start and the reading of the data aside.
 *
 * @param search seconds from its beginning until the last trial of the search was over
 * @param whole seconds
 * @param cpu seconds of all threads of this process meanwhile; other processes do not change them
 *     much
 */
record TimedRun(double search, double whole, double cpu) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static TimedRun of(SearchConfig config, int slots, EngineFactory engines, Path folder) {
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    var end = new SearchEnd();
    String master = "local[" + slots + "]";
    try (var executor = new SparkTrialExecutor(SparkSessions.start("benchmark", master), engines);
        RunFolder run = RunFolder.open(folder.toString())) {
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      gauntlet.run(executor, run, end);
      return new TimedRun(
          (end.nanos - start) / 1e9,
          (System.nanoTime() - start) / 1e9,
          (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  /** Processes that want a core, on average of a minute; times mean little if others do. */
  static double load() {
    return SYSTEM.getSystemLoadAverage();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public String toString() {
    return String.format("search %.2f s, run %.2f s, CPU %.2f s", search, whole, cpu);
  }

  private static final class SearchEnd implements Progress {
    private long nanos;

    @Override
    public void phase(String phase, int trials) {
      nanos = phase.equals("gauntlet") ? System.nanoTime() : nanos;
    }
  }
}
