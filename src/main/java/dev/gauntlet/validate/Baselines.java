package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.data.Rows;
import dev.gauntlet.validate.Experiment.Parts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The fits of baselines: which there are, one of them, and all of them together. */
public final class Baselines {
  private Baselines() {}

  /** Those that need nothing but the rows; empty for others. */
  public static Optional<Baseline> simple(ValidateConfig.Baseline kind) {
    return switch (kind) {
      case MAJORITY -> Optional.of(new MajorityBaseline());
      case STRATIFIED_RANDOM -> Optional.of(new StratifiedRandomBaseline());
      case MEAN -> Optional.of(new MeanBaseline());
      default -> Optional.empty();
    };
  }

  /** Every fit of the configuration. */
  public static List<BaselineTrial> trials(Experiment experiment) {
    return experiment.config().validate().baselines().stream()
        .flatMap(
            kind ->
                IntStream.range(BaselineTrial.SEARCH, experiment.folds().size())
                    .mapToObj(fold -> new BaselineTrial(kind, fold)))
        .toList();
  }

  /**
   * Fits and scores; a fit that has no score is a result too. Whatever else goes wrong is thrown:
   * it may be the machine's fault, as of a {@link TrialRunner}.
   */
  public static BaselineTrialResult run(
      Experiment experiment, BaselineTrial trial, Baseline baseline) {
    long start = System.nanoTime();
    boolean search = trial.fold() == BaselineTrial.SEARCH;
    Parts parts = search ? experiment.search() : experiment.fold(trial.fold(), false);
    Rows rows = parts.scored();
    Seed seed =
        new Seed(experiment.config().seed())
            .derive("baseline " + Names.word(trial.baseline()), trial.fold());
    float[] predictions = baseline.predictions(parts.training(), rows, seed);
    Metric metric = experiment.config().search().metric();
    double score = Scores.of(metric, predictions, rows);
    if (!Double.isFinite(score)) {
      return BaselineTrialResult.failed(trial, Scores.cause(metric, predictions, rows));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new BaselineTrialResult(trial, null, score, Scores.all(predictions, rows), seconds);
  }

  /**
   * Fits in any order as rows in the order of the configuration; none for a baseline of which there
   * is no fit at all.
   */
  public static List<BaselineResult> results(
      Experiment experiment, List<BaselineTrialResult> fits) {
    Map<BaselineTrial, BaselineTrialResult> byTrial =
        fits.stream().collect(Collectors.toMap(BaselineTrialResult::trial, Function.identity()));
    return experiment.config().validate().baselines().stream()
        .filter(kind -> fits.stream().anyMatch(fit -> fit.trial().baseline() == kind))
        .map(kind -> result(experiment, kind, byTrial))
        .toList();
  }

  private static BaselineResult result(
      Experiment experiment,
      ValidateConfig.Baseline kind,
      Map<BaselineTrial, BaselineTrialResult> fits) {
    IntFunction<BaselineTrialResult> fit =
        fold -> {
          var trial = new BaselineTrial(kind, fold);
          return fits.getOrDefault(trial, BaselineTrialResult.failed(trial, "not fitted"));
        };
    return new BaselineResult(
        kind,
        fit.apply(BaselineTrial.SEARCH),
        IntStream.range(0, experiment.folds().size()).mapToObj(fit).toList(),
        experiment.foldRatio());
  }
}
