package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.config.ValidateConfig.Calibration;
import dev.gauntlet.config.ValidateConfig.McDropout;
import dev.gauntlet.data.Rows;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Experiment.Parts;
import dev.gauntlet.validate.TrialResult.Calibrated;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialResult.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Runs a trial. Its outcome is a function of the experiment and the trial alone; it does not see
 * the clock, the thread, the partition or the host.
 */
public record TrialRunner(Experiment experiment, TrainingEngine engine, EpochListener epochs) {

  /** One that nobody listens to. */
  public TrialRunner(Experiment experiment, TrainingEngine engine) {
    this(experiment, engine, EpochListener.NONE);
  }

  /**
   * As below, on no GPU.
   *
   * @param host where this runs, for the record
   */
  public TrialResult run(Trial trial, String host) {
    return run(trial, host, "");
  }

  /**
   * Trains and scores; a training that cannot give a score is a result too. Whatever else goes
   * wrong is thrown: it may be the machine's fault, not the trial's.
   *
   * @param host where this runs, for the record
   * @param gpu the address that Spark gave it there, for the record; empty for none
   */
  public TrialResult run(Trial trial, String host, String gpu) {
    long start = System.nanoTime();
    Outcome outcome = outcome(trial);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrialResult(
        trial.kind(),
        trial.candidate().id(),
        trial.index(),
        trial.stage().until(),
        engine.name(),
        engine.device(),
        outcome,
        seconds,
        host,
        gpu);
  }

  private Outcome outcome(Trial trial) {
    try {
      return scored(trial);
    } catch (TrainingFailedException e) {
      return Outcome.failed(e.getMessage());
    }
  }

  private Outcome scored(Trial trial) throws TrainingFailedException {
    if (trial.candidate().invalid() != null) {
      throw new TrainingFailedException(trial.candidate().invalid());
    }
    Parts parts = parts(trial);
    try (TrainedModel model = train(trial, trial.candidate(), parts)) {
      float[] predictions = model.predictions(parts.scored());
      double score = Scores.of(metric(), predictions, parts.scored());
      if (!Double.isFinite(score)) {
        throw new TrainingFailedException(Scores.cause(metric(), predictions, parts.scored()));
      }
      return new Outcome(
          null,
          score,
          model.curve().epochs(),
          model.curve().bestEpoch(),
          model.checkpoint(),
          evaluation(trial, predictions, parts.scored()),
          trial.kind() == Trial.Kind.FINAL ? saved(trial, model, predictions, parts) : null);
    }
  }

  private static Evaluation evaluation(Trial trial, float[] predictions, Rows rows) {
    return switch (trial.kind()) {
      case SEARCH -> null;
      case FOLD -> Evaluation.ofFold(predictions, rows);
      case FINAL -> Evaluation.of(predictions, rows);
    };
  }

  private Metric metric() {
    return experiment.config().search().metric();
  }

  private Parts parts(Trial trial) {
    return experiment.parts(trial);
  }

  /**
   * What is trained for a trial: its candidate, and for a final one without dropout, which is
   * measured with it, the candidate with dropout. Nothing for a candidate without a network.
   */
  public List<TrainingTask> trainings(Trial trial) {
    Candidate candidate = trial.candidate();
    if (candidate.invalid() != null) {
      return List.of();
    }
    Parts parts = parts(trial);
    var plain = task(trial, candidate, parts);
    return trial.kind() == Trial.Kind.FINAL
            && validate().mcDropout().passes() > 0
            && !candidate.hasDropout()
        ? List.of(plain, task(trial, dropping(candidate, parts), parts))
        : List.of(plain);
  }

  private TrainedModel train(Trial trial, Candidate candidate, Parts parts)
      throws TrainingFailedException {
    return experiment.reading(engine.train(task(trial, candidate, parts)));
  }

  private TrainingTask task(Trial trial, Candidate candidate, Parts parts) {
    Metric stopping = candidate.plan().earlyStopping().metric();
    return new TrainingTask(
        candidate,
        parts.training(),
        parts.stopping(),
        ClassFactors.of(candidate.plan().classWeights(), parts.training()),
        probabilities -> Scores.of(stopping, probabilities, parts.stopping()),
        seed(trial),
        trial.stage(),
        epochs);
  }

  /** A final trial has the seed of search repeat 0, and so the same weights. */
  private Seed seed(Trial trial) {
    String kind = trial.kind() == Trial.Kind.FOLD ? "fold" : "search";
    return new Seed(experiment.config().seed()).derive(kind, trial.candidate().id(), trial.index());
  }

  /** What a winner says of the test rows beyond its score. */
  private Saved saved(Trial trial, TrainedModel model, float[] predictions, Parts parts) {
    Rows rows = parts.scored();
    double added = trial.candidate().hasDropout() ? 0 : validate().mcDropout().rate();
    List<String> missing = new ArrayList<>();
    Uncertainty passes =
        measured("Monte Carlo dropout", () -> passes(trial, model, parts), missing);
    return new Saved(
        model.file(),
        parts.training().preprocessor(),
        passes == null ? null : McDropoutScore.of(passes, rows, metric(), added),
        measured("calibration", () -> calibrated(model, predictions, parts), missing),
        measured("each test row", () -> TestRows.csv(rows, predictions, passes), missing),
        missing);
  }

  /**
   * A winner and its score are not lost for what is measured beside them: null if that fails.
   *
   * @param missing gets a line that says so
   */
  private static <T> T measured(String what, Callable<T> measurement, List<String> missing) {
    try {
      return measurement.call();
    } catch (TrainingFailedException e) {
      missing.add(what + ": " + e.getMessage());
    } catch (Exception | OutOfMemoryError e) {
      missing.add(what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    return null;
  }

  /** Fitted to the validation rows; null if it was not asked for. */
  private Calibrated calibrated(TrainedModel model, float[] predictions, Parts parts) {
    if (validate().calibration() == Calibration.NONE) {
      return null;
    }
    var temperature = Temperature.fit(model.predictions(parts.stopping()), parts.stopping());
    float[] scaled = temperature.apply(predictions, parts.scored().outputs());
    return new Calibrated(temperature.value(), Evaluation.of(scaled, parts.scored()));
  }

  private ValidateConfig validate() {
    return experiment.config().validate();
  }

  /**
   * Monte Carlo dropout on the test rows. A network without dropout is trained once more, with it;
   * null if it is not asked for.
   *
   * @throws TrainingFailedException if that training fails, or a pass has no score
   */
  private Uncertainty passes(Trial trial, TrainedModel model, Parts parts)
      throws TrainingFailedException {
    McDropout dropout = validate().mcDropout();
    if (dropout.passes() == 0) {
      return null;
    }
    Uncertainty passes;
    if (trial.candidate().hasDropout()) {
      passes = passes(trial, model, parts.scored());
    } else {
      try (TrainedModel dropping = train(trial, dropping(trial.candidate(), parts), parts)) {
        passes = passes(trial, dropping, parts.scored());
      }
    }
    if (!Double.isFinite(StatUtils.sum(passes.scores()))) {
      throw new TrainingFailedException("a pass has no " + Names.word(metric()));
    }
    return passes;
  }

  private Uncertainty passes(Trial trial, TrainedModel dropping, Rows rows) {
    return Uncertainty.measure(
        dropping.sampler(rows),
        rows,
        metric(),
        validate().mcDropout().passes(),
        seed(trial).derive("mc-dropout"));
  }

  private Candidate dropping(Candidate candidate, Parts parts) {
    Rows rows = parts.training();
    return candidate.withDropout(validate().mcDropout().rate(), rows.features(), rows.outputs());
  }
}
