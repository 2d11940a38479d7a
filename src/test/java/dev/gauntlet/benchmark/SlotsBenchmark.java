package dev.gauntlet.benchmark;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.engine.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much faster {@code conf/quickstart.yaml} is on two slots than on one: its search alone, and
 * the whole run, in turn in one process that has run it once before. The target for the search is
 * 1.7.
 */
public final class SlotsBenchmark {
  private SlotsBenchmark() {}

  /**
   * @param arguments how often each is measured; 3 if not given
   */
  public static void main(String[] arguments) throws Exception {
    int times = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    SearchConfig config = ConfigReader.read(Path.of("conf/quickstart.yaml"), List.of());
    Path folder = Files.createTempDirectory("gauntlet-slots");
    List<TimedRun> one = new ArrayList<>();
    List<TimedRun> two = new ArrayList<>();
    try {
      System.out.printf("Load before: %.2f%n", TimedRun.load());
      TimedRun.of(config, 2, Engines::of, folder.resolve("warm-up"));
      for (int i = 0; i < times; i++) {
        one.add(TimedRun.of(config, 1, Engines::of, folder.resolve("one-" + i)));
        two.add(TimedRun.of(config, 2, Engines::of, folder.resolve("two-" + i)));
        System.out.printf("1 slot: %s%n2 slots: %s%n", one.get(i), two.get(i));
      }
    } finally {
      TimedRun.delete(folder);
    }
    print("search", one, two, TimedRun::search);
    print("run", one, two, TimedRun::whole);
  }

  private static void print(
      String what, List<TimedRun> one, List<TimedRun> two, ToDoubleFunction<TimedRun> seconds) {
    double slow = median(one, seconds);
    double fast = median(two, seconds);
    System.out.printf(
        "%s: median %.2f s on 1 slot, %.2f s on 2: %.2f times as fast%n",
        what, slow, fast, slow / fast);
  }

  private static double median(List<TimedRun> runs, ToDoubleFunction<TimedRun> seconds) {
    double[] sorted = runs.stream().mapToDouble(seconds).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
