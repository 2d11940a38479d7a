package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardText;
import dev.gauntlet.spark.LazySpark;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gauntlet run}. */
@Command(
    name = "run",
    description = "Runs a search and writes its leaderboard.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin ConfigArguments config;

  @Option(
      names = "--master",
      paramLabel = "M",
      description = "Spark's master, such as local[2]; all cores of this machine if not given")
  String master;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "the run folder, new or empty; runs/<name> (or <name>-2, -3 ...) if not given")
  Path output;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "auto, plain or none: auto is a bar on a terminal, else plain, a line per trial")
  ProgressStyle progress;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SparkSessions.requireJava();
    SearchConfig search = config.read();
    if (master != null) {
      SparkSessions.checked(master);
    }
    RunFolder folder;
    Leaderboard leaderboard;
    try (var spark = new LazySpark(search.name(), master)) {
      Gauntlet gauntlet =
          Gauntlet.prepare(
              search, spark.reader(search.data(), progress.transfers(spec.commandLine().getErr())));
      out.println(Plan.of(gauntlet));
      folder =
          output == null ? RunFolder.next(Path.of("runs"), search.name()) : RunFolder.at(output);
      leaderboard = run(gauntlet, spark, folder);
    }
    out.println(LeaderboardText.write(leaderboard));
    out.println("Run folder: " + folder.path());
    return leaderboard.best().isPresent() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Leaderboard run(Gauntlet gauntlet, LazySpark spark, RunFolder folder) {
    SearchConfig search = gauntlet.experiment().config();
    try (var executor = new SparkTrialExecutor(spark.context(), search.run().slots());
        var listener = progress.listener(spec.commandLine().getErr(), search.search().metric())) {
      return gauntlet.run(executor, folder, listener);
    }
  }
}
