package dev.gauntlet.validate;

import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.validate.Experiment.Parts;
import java.util.List;

/** The registry of baselines, and their run over the rows that candidates see. */
public final class Baselines {
  private Baselines() {}

  /** Every baseline of the configuration, in its order. */
  public static List<BaselineResult> run(Experiment experiment) {
    return experiment.config().validate().baselines().stream()
        .map(kind -> run(experiment, of(kind)))
        .toList();
  }

  private static Baseline of(ValidateConfig.Baseline kind) {
    return switch (kind) {
      case MAJORITY -> new MajorityBaseline();
      case MEAN -> new MeanBaseline();
    };
  }

  private static BaselineResult run(Experiment experiment, Baseline baseline) {
    double[] scores = new double[experiment.folds().size()];
    for (int fold = 0; fold < scores.length; fold++) {
      scores[fold] = score(experiment, baseline, experiment.fold(fold, false));
    }
    double search = score(experiment, baseline, experiment.search());
    return new BaselineResult(baseline.name(), search, new FoldScores(scores));
  }

  private static double score(Experiment experiment, Baseline baseline, Parts parts) {
    float[] probabilities = baseline.predictions(parts.training(), parts.scored());
    return Scores.of(experiment.config().search().metric(), probabilities, parts.scored());
  }
}
