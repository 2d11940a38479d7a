package dev.gauntlet.cli;

import dev.gauntlet.Version;
import dev.gauntlet.config.InvalidInputException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: exit code 0 done, 1 the run failed, 2 the input is wrong, 130 interrupted. */
@Command(
    name = "gauntlet",
    description = "Distributed hyperparameter search for neural networks on Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = GauntletCommand.VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run failed",
      "2:the command, the configuration or the data is wrong",
      "130:interrupted; the same command goes on"
    },
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      DescribeCommand.class,
      SchemaCommand.class
    })
public final class GauntletCommand {
  private GauntletCommand() {}

  /** Ends the process. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new GauntletCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> report(exception, line.getErr()));
  }

  /** What the user can mend comes without a stack trace. */
  private static int report(Exception exception, PrintWriter err) {
    if (exception instanceof InvalidInputException invalid) {
      invalid.problems().forEach(err::println);
      int count = invalid.problems().size();
      err.println(
          count == 1 ? "1 problem; nothing was run." : count + " problems; nothing was run.");
      return CommandLine.ExitCode.USAGE;
    }
    err.println("The run failed: " + exception);
    exception.printStackTrace(err);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** {@code --version}. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gauntlet " + Version.text()};
    }
  }
}
