package dev.gauntlet.cli;

import dev.gauntlet.Gauntlet;
import dev.gauntlet.config.Durations;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.StrategyConfig;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Split;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.Spending;
import dev.gauntlet.validate.Experiment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a run will do, in words. */
final class Plan {
  private Plan() {}

  static String of(Gauntlet gauntlet) {
    Experiment experiment = gauntlet.experiment();
    SearchConfig config = experiment.config();
    int candidates = gauntlet.planned().candidates();
    int winners = Math.min(candidates, config.validate().winners());
    return String.join(
        System.lineSeparator(),
        Stream.concat(
                Stream.of("Data      " + data(experiment.dataset())),
                experiment.dataset().notes().stream().map(note -> "          " + note))
            .collect(Collectors.joining(System.lineSeparator())),
        "Split     %d training, %d validation, %d test rows; %s"
            .formatted(
                experiment.split().train().length,
                experiment.split().validation().length,
                experiment.split().test().length,
                Split.words(experiment.dataset())),
        "Space     %d dimensions; networks of %s"
            .formatted(gauntlet.space().dimensions(), sizes(gauntlet)),
        "Search    %s (%s), %s, ranked by %s, %s%s"
            .formatted(
                Names.count(candidates, "candidate"),
                config.search().strategy().word(),
                trainings(gauntlet.planned(), config.search().repeats()),
                Names.word(config.search().metric()),
                better(config.search().metric()),
                time(config.search())),
        "Gauntlet  the best %d: %s, %d Monte Carlo dropout passes; %d trials in all"
            .formatted(
                winners,
                folds(config.validate()),
                config.validate().mcDropout().passes(),
                gauntlet.planned().trials() + winners * (config.validate().trainings() + 1L)),
        "Baselines " + baselines(config.validate()));
  }

  private static String better(Metric metric) {
    return metric.direction() == Direction.MAXIMIZE ? "larger is better" : "smaller is better";
  }

  private static String folds(ValidateConfig validate) {
    return (validate.repeats() > 1 ? validate.repeats() + " x " : "") + validate.folds() + " folds";
  }

  private static String baselines(ValidateConfig validate) {
    return validate.baselines().isEmpty()
        ? "none"
        : validate.baselines().stream()
                .map(baseline -> Names.word(baseline).replace('-', ' '))
                .collect(Collectors.joining(", "))
            + ", on the same folds";
  }

  /** Those that are trained in stages have more of them. */
  private static String trainings(Spending planned, int repeats) {
    return planned.trials() == (long) repeats * planned.candidates()
        ? Names.count(repeats, "training") + " each"
        : Names.count(planned.trials(), "training") + " in stages";
  }

  private static String time(StrategyConfig search) {
    return search.maxTime() == null ? "" : ", for at most " + Durations.text(search.maxTime());
  }

  private static String data(Dataset dataset) {
    int[] all = Datasets.allRows(dataset);
    if (dataset.task() == Task.REGRESSION) {
      var target = Arrays.stream(all).mapToDouble(dataset::number).summaryStatistics();
      return "%d rows x %d features%s: %s to %s, mean %s"
          .formatted(
              dataset.rows(),
              dataset.columns().size(),
              inputs(dataset),
              Figures.brief(target.getMin()),
              Figures.brief(target.getMax()),
              Figures.brief(target.getAverage()));
    }
    int[] counts = dataset.classCounts(all);
    List<String> classes = dataset.classes();
    String shown =
        IntStream.range(0, Math.min(10, counts.length))
            .mapToObj(c -> counts[c] + " " + classes.get(c))
            .collect(Collectors.joining(", "));
    return "%d rows x %d features%s: %s%s"
        .formatted(
            dataset.rows(),
            dataset.columns().size(),
            inputs(dataset),
            shown,
            counts.length > 10 ? " and " + (counts.length - 10) + " more classes" : "");
  }

  private static String inputs(Dataset dataset) {
    return dataset.columns().size() == dataset.features()
        ? ""
        : " (" + dataset.features() + " inputs)";
  }

  private static String sizes(Gauntlet gauntlet) {
    List<Candidate> samples = gauntlet.samples();
    var sizes =
        samples.stream()
            .filter(candidate -> candidate.invalid() == null)
            .mapToLong(Candidate::parameters)
            .summaryStatistics();
    if (sizes.getCount() == 0) {
      return "which none of the first " + samples.size() + " can be built";
    }
    boolean all = samples.size() >= gauntlet.planned().candidates();
    return (sizes.getMin() >= sizes.getMax()
            ? Long.toString(sizes.getMax())
            : sizes.getMin() + " to " + sizes.getMax())
        + " parameters"
        + (all ? "" : " (the first " + samples.size() + ")");
  }
}
