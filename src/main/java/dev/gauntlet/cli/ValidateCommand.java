package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.spark.LazySpark;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gauntlet validate}. */
@Command(
    name = "validate",
    description = "Checks a search and its data, and says what a run would do; trains nothing.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin ConfigArguments config;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    SearchConfig search = config.read();
    try (var spark = new LazySpark(search.name(), null)) {
      Gauntlet gauntlet =
          Gauntlet.prepare(
              search, spark.reader(search.data(), new TransferLines(spec.commandLine().getErr())));
      spec.commandLine().getOut().println(Plan.of(gauntlet));
    }
    return CommandLine.ExitCode.OK;
  }
}
