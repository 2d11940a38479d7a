package dev.gauntlet.cli;

import dev.gauntlet.config.Json;
import dev.gauntlet.config.JsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gauntlet schema}. */
@Command(
    name = "schema",
    description = "Prints the JSON schema of the YAML, by which editors complete and check it.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(Json.write(JsonSchema.tree()));
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
