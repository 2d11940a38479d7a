package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.SearchInterruptedException;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.journal.Journal;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.leaderboard.Leaderboard;
import dev.gauntlet.leaderboard.LeaderboardText;
import dev.gauntlet.spark.Distributed;
import dev.gauntlet.spark.LazySpark;
import dev.gauntlet.spark.SparkSessions;
import dev.gauntlet.spark.SparkTrialExecutor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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
  /** As a shell says it of Ctrl-C. */
  private static final int INTERRUPTED = 130;

  @Mixin ConfigArguments config;

  @Option(
      names = "--master",
      paramLabel = "M",
      description =
          "Spark's master, such as local[2]; all cores of this machine, or what spark-submit chose, if not given")
  String master;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {
        "the run folder, also on a file system of Hadoop; runs/<name> if not given.",
        "A run that is there already is gone on with: what is finished is not trained again"
      })
  String output;

  @Option(
      names = "--fresh",
      description = "starts over, in a new folder: runs/<name>-2, -3 ...; with --output, DIR-2 ...")
  boolean fresh;

  @Option(
      names = "--retry-failed",
      description = "of a run that is gone on with, tries again what broke: not what has no score")
  boolean retryFailed;

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
    SparkSessions.requireJava();
    SearchConfig search = config.read();
    if (master != null) {
      SparkSessions.checked(master);
    }
    String place = place(search.name());
    // Before the data is read: who has to wait for another process hears of it at once.
    if (!fresh) {
      RunFolder.check(place);
    }
    try (var interruption = new Interruption(err());
        var spark = new LazySpark(search.name(), master, search.run())) {
      TableReader reader = spark.reader(search.data(), progress.transfers(err()));
      List<String> how = new ArrayList<>();
      Gauntlet gauntlet =
          Gauntlet.prepare(search, reader, dataset -> distributed(search, dataset, how));
      out().println(Plan.of(gauntlet));
      how.forEach(out()::println);
      try (RunFolder folder = fresh ? fresh(place) : RunFolder.open(place);
          Journal journal = gauntlet.journal(folder)) {
        sayWhatIsThere(folder, journal);
        if (retryFailed) {
          journal.retryFailed();
        }
        interruption.advise(advice(folder));
        Leaderboard leaderboard = run(gauntlet, spark, folder, journal, interruption);
        out().println(LeaderboardText.write(leaderboard));
        out().println("Run folder: " + folder.place());
        return exitCode(leaderboard, search.run().maxFailed());
      }
    } catch (SearchInterruptedException e) {
      return INTERRUPTED;
    }
  }

  private SearchConfig distributed(SearchConfig search, Dataset dataset, List<String> how) {
    var distributed = Distributed.of(search, dataset, master);
    if (distributed.why() != null) {
      how.add("Training  " + distributed.why());
    }
    return distributed.config();
  }

  private String place(String name) {
    if (output != null) {
      return output.replaceFirst("(?<=[^/:])/+$", "");
    }
    return fresh ? "runs/" + name : RunFolder.newest("runs", name);
  }

  private static RunFolder fresh(String place) {
    int end = place.lastIndexOf('/');
    return RunFolder.fresh(end < 0 ? "." : place.substring(0, end), place.substring(end + 1));
  }

  private void sayWhatIsThere(RunFolder folder, Journal journal) {
    journal.notes().forEach(err()::println);
    if (journal.trials() > 0) {
      out()
          .println(
              "Resumes   "
                  + folder.place()
                  + ": "
                  + Names.count(journal.trials(), "finished training")
                  + " will not be repeated (--fresh starts over)");
    }
  }

  private static String advice(RunFolder folder) {
    return "What is finished is in " + folder.place() + "; the same command goes on.";
  }

  private Leaderboard run(
      Gauntlet gauntlet,
      LazySpark spark,
      RunFolder folder,
      Journal journal,
      Interruption interruption) {
    Metric metric = gauntlet.experiment().config().search().metric();
    try (var executor = new SparkTrialExecutor(spark.context());
        var listener = progress.listener(err(), metric)) {
      interruption.onStop(executor::stop);
      return gauntlet.run(executor, folder, journal, listener);
    } catch (SearchInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      err().println("Ended before its end. " + advice(folder));
      throw e;
    }
  }

  private int exitCode(Leaderboard leaderboard, Integer maxFailed) {
    long failed = leaderboard.failedCandidates();
    if (maxFailed != null && failed > maxFailed) {
      err()
          .println(
              Names.count(failed, "candidate")
                  + " failed, and run.max-failed is "
                  + maxFailed
                  + ".");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return leaderboard.best().isPresent() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
