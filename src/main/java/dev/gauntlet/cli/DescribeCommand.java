package dev.gauntlet.cli;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.Json;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.data.Description;
import dev.gauntlet.data.Description.ColumnSummary;
import dev.gauntlet.spark.LazySpark;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gauntlet describe}. */
@Command(
    name = "describe",
    description = "Says what is in a data file: columns, classes, and what looks wrong.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATA", description = "a data file or folder, or a search (YAML)")
  String file;

  @Option(names = "--label", paramLabel = "COLUMN", description = "the column to predict")
  String label;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "classification or regression; classification if not given")
  String task;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "how to read it, such as data.delimiter=';'; may be given several times")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--json", description = "as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<String> all = new ArrayList<>(overrides);
    if (label != null) {
      all.add("data.label=\"" + label + "\"");
    }
    if (task != null) {
      all.add("task=" + task);
    }
    SearchConfig config = ConfigReader.data(file, all);
    Description description;
    try (var spark = new LazySpark(config.name(), null)) {
      description =
          Description.of(
              config.data(),
              config.task(),
              spark.reader(config.data(), new TransferLines(spec.commandLine().getErr())));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Json.write(tree(description)));
      out.flush();
    } else {
      text(description, out);
    }
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Object> tree(Description description) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rows", description.rows());
    values.put("test_rows", description.testRows());
    if (description.target() == null) {
      values.put("classes", description.classes());
      values.put("majority", description.majority());
    } else {
      values.put("target", tree(description.target()));
    }
    values.put("warnings", description.warnings());
    values.put("columns", description.columns().stream().map(DescribeCommand::tree).toList());
    return values;
  }

  private static Map<String, Object> tree(ColumnSummary column) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", column.name());
    values.put("type", column.categories() > 0 ? "categorical" : "number");
    values.put("missing", column.missing());
    values.put("constant", column.constant());
    if (column.categories() > 0) {
      values.put("categories", column.categories());
    } else if (!Double.isNaN(column.mean())) {
      values.put("min", column.min());
      values.put("max", column.max());
      values.put("mean", column.mean());
    }
    return values;
  }

  private static void text(Description description, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d rows (%d of them test rows) x %d columns%n",
        description.rows(),
        description.testRows(),
        description.columns().size());
    description
        .classes()
        .forEach(
            (name, count) ->
                out.printf(
                    Locale.ROOT,
                    "  %8d  %5.1f %%  %s%n",
                    count,
                    100.0 * count / description.rows(),
                    name));
    ColumnSummary target = description.target();
    if (target == null) {
      out.printf(
          Locale.ROOT, "always the largest class: accuracy %.4f%n%n", description.majority());
    } else {
      out.printf(
          "target %s: %s to %s, mean %s%n%n",
          target.name(),
          Figures.brief(target.min()),
          Figures.brief(target.max()),
          Figures.brief(target.mean()));
    }
    out.println(columns(description));
    description.warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  private static TextTable columns(Description description) {
    var table = new TextTable().left("column", "type").right("missing", "min", "max", "mean");
    description
        .columns()
        .forEach(
            column ->
                table.row(
                    column.name(),
                    type(column),
                    column.missing(),
                    Figures.brief(column.min()),
                    Figures.brief(column.max()),
                    Figures.brief(column.mean())));
    return table;
  }

  private static String type(ColumnSummary column) {
    String type = column.categories() > 0 ? column.categories() + " categories" : "number";
    return column.constant() ? type + ", constant" : type;
  }
}
