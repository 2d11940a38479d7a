package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.ValidateConfig.McDropout;
import dev.gauntlet.data.Rows;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Experiment.Parts;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialResult.Saved;

/**
 * Runs a trial. Its outcome is a function of the experiment and the trial alone; it does not see
 * the clock, the thread, the partition or the host.
 */
public record TrialRunner(Experiment experiment, TrainingEngine engine) {

  /**
   * Trains and scores; a training that fails is a result too.
   *
   * @param host where this runs, for the record
   */
  public TrialResult run(Trial trial, String host) {
    long start = System.nanoTime();
    Outcome outcome = outcome(trial);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrialResult(
        trial.kind(),
        trial.candidate().id(),
        trial.index(),
        trial.stage().until(),
        engine.name(),
        outcome,
        seconds,
        host);
  }

  private Outcome outcome(Trial trial) {
    try {
      return scored(trial);
    } catch (TrainingFailedException e) {
      return Outcome.failed(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      return Outcome.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private Outcome scored(Trial trial) throws TrainingFailedException {
    if (trial.candidate().invalid() != null) {
      throw new TrainingFailedException(trial.candidate().invalid());
    }
    Parts parts = parts(trial);
    TrainedModel model = train(trial, trial.candidate(), parts);
    Metric metric = experiment.config().search().metric();
    float[] predictions = model.predictions(parts.scored());
    double score = Scores.of(metric, predictions, parts.scored());
    if (!Double.isFinite(score)) {
      throw new TrainingFailedException(Scores.cause(metric, predictions, parts.scored()));
    }
    Saved saved =
        trial.kind() == Trial.Kind.FINAL
            ? new Saved(model.file(), parts.training().preprocessor(), dropout(trial, model, parts))
            : null;
    return new Outcome(
        null, score, model.curve().epochs(), model.curve().bestEpoch(), model.checkpoint(), saved);
  }

  private Parts parts(Trial trial) {
    boolean stopping = trial.candidate().plan().earlyStopping().patience() > 0;
    return switch (trial.kind()) {
      case SEARCH -> experiment.search();
      case FINAL -> experiment.last();
      case FOLD -> experiment.fold(trial.index(), stopping);
    };
  }

  private TrainedModel train(Trial trial, Candidate candidate, Parts parts)
      throws TrainingFailedException {
    Metric stopping = candidate.plan().earlyStopping().metric();
    return engine.train(
        new TrainingTask(
            candidate,
            parts.training(),
            parts.stopping(),
            ClassFactors.of(candidate.plan().classWeights(), parts.training()),
            probabilities -> Scores.of(stopping, probabilities, parts.stopping()),
            seed(trial),
            trial.stage()));
  }

  /** A final trial has the seed of search repeat 0, and so the same weights. */
  private Seed seed(Trial trial) {
    String kind = trial.kind() == Trial.Kind.FOLD ? "fold" : "search";
    return new Seed(experiment.config().seed()).derive(kind, trial.candidate().id(), trial.index());
  }

  /**
   * On the test rows. A network without dropout is trained once more, with it; null, not measured,
   * if that fails.
   */
  private McDropoutScore dropout(Trial trial, TrainedModel model, Parts parts) {
    McDropout dropout = experiment.config().validate().mcDropout();
    if (dropout.passes() == 0) {
      return null;
    }
    boolean own = trial.candidate().hasDropout();
    try {
      TrainedModel dropping = own ? model : trainedWithDropout(trial, parts, dropout.rate());
      McDropoutScore measured =
          McDropoutScore.measure(
              dropping,
              parts.scored(),
              experiment.config().search().metric(),
              dropout.passes(),
              own ? 0 : dropout.rate(),
              seed(trial).derive("mc-dropout"));
      return Double.isFinite(measured.std()) ? measured : null;
    } catch (TrainingFailedException e) {
      return null;
    }
  }

  private TrainedModel trainedWithDropout(Trial trial, Parts parts, double rate)
      throws TrainingFailedException {
    Rows rows = parts.training();
    return train(
        trial, trial.candidate().withDropout(rate, rows.features(), rows.outputs()), parts);
  }
}
