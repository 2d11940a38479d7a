package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.data.format.FileTableReader;
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
    var reader = new FileTableReader(new TransferLines(spec.commandLine().getErr()));
    spec.commandLine().getOut().println(Plan.of(Gauntlet.prepare(config.read(), reader)));
    return CommandLine.ExitCode.OK;
  }
}
