package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Probe;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.spark.LazySpark;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gauntlet validate}. */
@Command(
    name = "validate",
    description = "Checks a search and its data, and says what a run would do; trains nothing.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private static final int SAMPLES = 3;

  @Mixin ConfigArguments config;

  @Option(
      names = "--probe",
      description =
          "trains some candidates for some seconds on this machine, to estimate how long a run"
              + " takes")
  boolean probe;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    SearchConfig search = config.read();
    try (var spark = new LazySpark(search.name(), null)) {
      Gauntlet gauntlet =
          Gauntlet.prepare(
              search, spark.reader(search.data(), new TransferLines(spec.commandLine().getErr())));
      PrintWriter out = spec.commandLine().getOut();
      List<Candidate> samples = gauntlet.samples().stream().limit(SAMPLES).toList();
      out.println(Plan.of(gauntlet));
      out.println();
      out.println(Preview.of(gauntlet, samples));
      if (probe) {
        out.println();
        out.println(ProbeText.of(gauntlet, Probe.of(gauntlet.experiment(), samples)));
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
