package dev.gauntlet.chaos;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Progress;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.journal.KillPoint;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import dev.gauntlet.train.EngineFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A search to be killed, as a process: master, run folder, log of trainings, kill point or {@code
 * never}, configuration, overrides.
 */
public final class ChaosRun {
  /** The candidate that ends its process, if there is one. */
  private static final Map<Integer, Fault> HALTING =
      Integer.getInteger("chaos.halting") == null
          ? Map.of()
          : Map.of(Integer.getInteger("chaos.halting"), Fault.HALT);

  private ChaosRun() {}

  /**
   * A process of its own for a search of {@link Searches#CONF} that has not been started; what it
   * says goes to a file {@code NAME.log} beside the run folder.
   *
   * @param run its folder
   * @param log of trainings
   */
  static ProcessBuilder process(
      String master, Path run, Path log, String point, List<String> overrides) {
    List<String> arguments = new ArrayList<>();
    arguments.add(master);
    arguments.add(run.toString());
    arguments.add(log.toString());
    arguments.add(point);
    arguments.add(Searches.CONF.toString());
    arguments.addAll(overrides);
    return java(ChaosRun.class.getName(), arguments.toArray(String[]::new))
        .redirectOutput(run.resolveSibling(run.getFileName() + ".log").toFile());
  }

  /** Java as tests have it. */
  public static ProcessBuilder java(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("test.jvm").trim().split("\\s+", -1)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    Path place = Path.of(given.get(1));
    String point = given.get(3);
    SearchConfig config = ConfigReader.read(Path.of(given.get(4)), given.subList(5, given.size()));
    try (RunFolder folder =
        point.equals("never")
            ? RunFolder.open(place.toString())
            : KillPoint.of(point).open(place)) {
      var engines = new FaultyEngines(HALTING, given.get(2));
      run(given.get(0), config, engines, folder, Progress.NONE);
    }
  }

  /** Runs a search in this process. */
  public static Leaderboard run(
      String master,
      SearchConfig config,
      EngineFactory engines,
      RunFolder folder,
      Progress progress) {
    Gauntlet gauntlet = Gauntlet.prepare(config, new FileTableReader());
    try (var executor =
        new SparkTrialExecutor(SparkSessions.start("chaos", master, config.run()), engines)) {
      return gauntlet.run(executor, folder, progress);
    }
  }
}
