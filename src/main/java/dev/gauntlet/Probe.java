package dev.gauntlet;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.Engines;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some candidates trained for a moment, to know how long an epoch takes on this machine. Each is
 * trained in rounds of 2, 4, 8 ... steps until a round takes a second, and that one counts: the
 * rounds before it have warmed the machine up. No round is longer than it needs to be, so a
 * candidate takes about four seconds, unless two of its steps take longer than that.
 */
public final class Probe {
  private static final double ENOUGH_SECONDS = 1;

  private final TrainingEngine engine;
  private final Rows training;
  private final Seed seed;

  private Probe(TrainingEngine engine, Rows training, Seed seed) {
    this.engine = engine;
    this.training = training;
    this.seed = seed;
  }

  /**
   * One candidate's measurement.
   *
   * @param secondsPerEpoch over all training rows; NaN if it cannot be trained
   * @param failure why not; null if it can
   */
  public record Measured(int candidate, double secondsPerEpoch, String failure) {}

  /** Measures candidates one after another, on one core. */
  public static List<Measured> of(Experiment experiment, List<Candidate> candidates) {
    int[] index = experiment.split().train();
    Dataset dataset = experiment.dataset();
    Preprocessor fitted = Preprocessor.fit(experiment.config().data(), dataset, index);
    EngineChoice choice = experiment.config().run().engine();
    Seed seed = new Seed(experiment.config().seed()).derive("probe");
    List<Measured> measured = new ArrayList<>();
    for (Candidate candidate : candidates) {
      var rows = new Rows(dataset, index, fitted);
      measured.add(new Probe(Engines.of(choice, candidate), rows, seed).measure(candidate));
    }
    return List.copyOf(measured);
  }

  private Measured measure(Candidate candidate) {
    long batch = candidate.plan().batchSize();
    if (candidate.invalid() != null) {
      return new Measured(candidate.id(), Double.NaN, candidate.invalid());
    }
    try {
      for (long rows = 2 * batch; ; rows *= 2) {
        int epochs = (int) Math.ceil((double) rows / training.size());
        Rows some = first((int) Math.min(rows, training.size()));
        double seconds = seconds(candidate.withEpochs(epochs), some);
        if (seconds >= ENOUGH_SECONDS) {
          double perRow = seconds / epochs / some.size();
          return new Measured(candidate.id(), perRow * training.size(), null);
        }
      }
    } catch (TrainingFailedException | RuntimeException | OutOfMemoryError e) {
      return new Measured(candidate.id(), Double.NaN, String.valueOf(e.getMessage()));
    }
  }

  private Rows first(int count) {
    return new Rows(
        training.dataset(), Arrays.copyOf(training.index(), count), training.preprocessor());
  }

  private double seconds(Candidate candidate, Rows rows) throws TrainingFailedException {
    double[] weights = new double[rows.dataset().classes().size()];
    Arrays.fill(weights, 1);
    var task = new TrainingTask(candidate, rows, first(0), weights, predictions -> 0, seed);
    long start = System.nanoTime();
    engine.train(task);
    return (System.nanoTime() - start) / 1e9;
  }
}
