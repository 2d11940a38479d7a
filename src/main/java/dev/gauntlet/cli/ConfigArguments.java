package dev.gauntlet.cli;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The search that a command is about. */
final class ConfigArguments {
  @Parameters(paramLabel = "CONF", description = "the search, a YAML file")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "replaces a value of CONF, such as search.candidates=10;",
        "may be given several times; a relative path counts from the working folder"
      })
  List<String> overrides = new ArrayList<>();

  SearchConfig read() {
    return ConfigReader.read(file, overrides);
  }
}
