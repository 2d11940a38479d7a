package dev.gauntlet.validate;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.validate.Experiment.Parts;
import java.util.List;

/** The registry of baselines, and their run over the rows that candidates see. */
public final class Baselines {
  private Baselines() {}

  /** Every baseline of the configuration, in its order. */
  public static List<BaselineResult> run(Experiment experiment) {
    return experiment.config().validate().baselines().stream()
        .map(kind -> run(experiment, of(kind), seed(experiment, kind)))
        .toList();
  }

  private static Baseline of(ValidateConfig.Baseline kind) {
    return switch (kind) {
      case MAJORITY -> new MajorityBaseline();
      case STRATIFIED_RANDOM -> new StratifiedRandomBaseline();
      case MEAN -> new MeanBaseline();
      default -> throw new IllegalArgumentException(Names.word(kind) + " needs Spark");
    };
  }

  private static Seed seed(Experiment experiment, ValidateConfig.Baseline kind) {
    return new Seed(experiment.config().seed()).derive("baseline " + Names.word(kind));
  }

  private static BaselineResult run(Experiment experiment, Baseline baseline, Seed seed) {
    double[] scores = new double[experiment.folds().size()];
    for (int fold = 0; fold < scores.length; fold++) {
      scores[fold] =
          score(experiment, baseline, experiment.fold(fold, false), seed.derive("fold", fold));
    }
    double search = score(experiment, baseline, experiment.search(), seed.derive("search"));
    return new BaselineResult(baseline.name(), search, new FoldScores(scores));
  }

  private static double score(Experiment experiment, Baseline baseline, Parts parts, Seed seed) {
    float[] probabilities = baseline.predictions(parts.training(), parts.scored(), seed);
    return Scores.of(experiment.config().search().metric(), probabilities, parts.scored());
  }
}
