package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.Workload;
import dev.gauntlet.Workload.Part;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Strategy;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.Dimension;
import dev.gauntlet.search.LayerRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;

/** What {@code validate} shows below the plan: the space, some networks, and the trainings. */
final class Preview {
  private static final String LINE = System.lineSeparator();

  private static final int WIDTH = 120;

  /** Of a grid that is only shown for comparison. */
  private static final int STEPS = 5;

  private Preview() {}

  static String of(Gauntlet gauntlet, List<Candidate> samples) {
    return String.join(
        LINE + LINE,
        space(gauntlet),
        samples.stream()
            .map(sample -> sample(sample, gauntlet.experiment().dataset().features()))
            .collect(Collectors.joining(LINE + LINE)),
        trainings(Workload.of(gauntlet)));
  }

  private static String space(Gauntlet gauntlet) {
    SearchConfig config = gauntlet.experiment().config();
    var table = new TextTable().left("dimension", "only for", "kind", "values");
    List<Dimension> dimensions = gauntlet.space().ranges();
    dimensions.stream()
        .filter(Dimension::varies)
        .forEach(row -> table.row(row.path(), row.condition(), row.kind(), row.values()));
    int steps = config.search().strategy() instanceof Strategy.Grid grid ? grid.steps() : STEPS;
    return table
        + LINE
        + fixed(dimensions)
        + LINE
        + " A full grid, at %d steps for each interval: %s points."
            .formatted(steps, number(gauntlet.space().gridSize(steps)));
  }

  /** Fixed values, a line for each section; another optimizer may have another. */
  private static String fixed(List<Dimension> dimensions) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (Dimension row : dimensions) {
      if (!row.varies()) {
        int dot = row.path().indexOf('.');
        String section = row.path().substring(0, dot);
        section += row.condition().isEmpty() ? "" : " (" + row.condition() + ")";
        sections
            .computeIfAbsent(section, name -> new ArrayList<>())
            .add(row.path().substring(dot + 1) + " " + row.values());
      }
    }
    return sections.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .map(line -> " " + WordUtils.wrap(line, WIDTH, LINE + "   ", false))
        .collect(Collectors.joining(LINE, " Fixed:" + LINE, ""));
  }

  /** As a table of Keras. */
  private static String sample(Candidate candidate, int inputs) {
    if (candidate.invalid() != null) {
      return "Candidate %d: %s cannot be built: %s"
          .formatted(candidate.id(), candidate.words(), candidate.invalid());
    }
    List<LayerRow> layers = candidate.layers(inputs);
    var table = new TextTable().left("layer", "output").right("parameters").left("details");
    for (LayerRow layer : layers) {
      table.row(layer.layer(), layer.output(), number(layer.parameters()), layer.details());
    }
    table.row("total", "", number(candidate.parameters()), "");
    return String.join(
        LINE,
        "Candidate %d: %s".formatted(candidate.id(), candidate.words()),
        table.toString(),
        candidate.chosen().isEmpty()
            ? " optimizer: " + values(candidate, "optimizer.")
            : " of its file: " + values(candidate, "network."),
        " training: " + values(candidate, "training."));
  }

  private static String values(Candidate candidate, String section) {
    return candidate.hyperparameters().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(section))
        .map(entry -> entry.getKey().substring(section.length()) + " " + value(entry.getValue()))
        .collect(Collectors.joining(", "))
        .replaceFirst("^type ", "");
  }

  private static Object value(Object value) {
    return value instanceof Double number ? Figures.rough(number) : value;
  }

  private static String trainings(Workload workload) {
    var table = new TextTable().left("trainings").right("number", "epochs").left("");
    row(table, "search", workload.search(), "");
    row(table, "folds of winners", workload.folds(), "");
    row(table, "winners, tested and saved", workload.last(), "");
    row(table, "winners, for MC dropout", workload.extra(), "at most: those without dropout");
    row(table, "total", workload.total(), "at most: early stopping trains less");
    return table.toString();
  }

  private static void row(TextTable table, String name, Part part, String note) {
    table.row(name, number(part.trainings()), number(part.epochs()), note);
  }

  private static String number(Number number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
