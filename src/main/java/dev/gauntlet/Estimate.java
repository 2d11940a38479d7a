package dev.gauntlet;

import dev.gauntlet.Workload.Part;
import dev.gauntlet.validate.Experiment;

/**
 * How long a run takes at most, in seconds of wall time: every planned epoch is trained, and the
 * trials fill all slots. What is not training is not in it: Spark, scores, Monte Carlo dropout.
 *
 * @param search of all candidates
 * @param gauntlet of the winners
 */
public record Estimate(double search, double gauntlet) {

  /**
   * Planned epochs times the seconds of one, over slots.
   *
   * @param secondsPerEpoch of a search trial
   * @param foldRows training rows of a fold, per training row of a search trial: an epoch of a fold
   *     takes this many times as long
   * @param slots trials at a time
   */
  static Estimate of(Workload workload, double secondsPerEpoch, double foldRows, int slots) {
    Part others = workload.last().plus(workload.extra());
    double epochs = workload.folds().epochs() * foldRows + others.epochs();
    long trials = workload.folds().trainings() + workload.last().trainings();
    return new Estimate(
        workload.search().epochs() * secondsPerEpoch / filled(workload.search().trainings(), slots),
        epochs * secondsPerEpoch / filled(trials, slots));
  }

  /** Of this experiment. */
  public static Estimate of(
      Workload workload, Experiment experiment, double secondsPerEpoch, int slots) {
    double rows =
        experiment.folds().stream()
            .mapToInt(fold -> fold.training().length)
            .average()
            .orElseThrow();
    return of(workload, secondsPerEpoch, rows / experiment.split().train().length, slots);
  }

  /** Fewer trials than slots leave some idle. */
  private static long filled(long trials, int slots) {
    return Math.max(1, Math.min(slots, trials));
  }

  public double total() {
    return search + gauntlet;
  }
}
