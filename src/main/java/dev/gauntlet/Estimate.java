package dev.gauntlet;

import dev.gauntlet.Workload.Part;
import dev.gauntlet.data.Fold;
import dev.gauntlet.validate.Experiment;

/**
 * How long a run takes at most, in seconds of wall time: every planned epoch is trained, and a
 * round of the search begins when the one before is over. What is not training is not in it: Spark,
 * scores, Monte Carlo dropout.
 *
 * @param search of all candidates
 * @param gauntlet of the winners
 */
public record Estimate(double search, double gauntlet) {

  /**
   * Planned epochs times the seconds of one, over slots. Trainings of T epochs in all and of at
   * most L take slots at most T / slots + L (1 - 1 / slots), whatever their order (Graham, Bounds
   * for Certain Multiprocessing Anomalies, Bell System Technical Journal 45, 1966).
   *
   * @param secondsPerEpoch of a search trial
   * @param foldRows training rows of a fold, per training row of a search trial: an epoch of a fold
   *     takes this many times as long
   * @param slots trials at a time
   */
  static Estimate of(Workload workload, double secondsPerEpoch, double foldRows, int slots) {
    Part search = workload.search();
    // A winner's training with dropout is in the same trial as its last one.
    Part others = workload.last().plus(workload.extra());
    double epochs = workload.folds().epochs() * foldRows + others.epochs();
    double longest = Math.max(workload.folds().longest() * foldRows, (double) others.longest());
    return new Estimate(
        secondsPerEpoch * onSlots((double) search.epochs(), (double) search.longest(), slots),
        secondsPerEpoch * onSlots(epochs, longest, slots));
  }

  /** Of this experiment. */
  public static Estimate of(
      Workload workload, Experiment experiment, double secondsPerEpoch, int slots) {
    double rows = experiment.folds().stream().mapToInt(Fold::trainingRows).average().orElseThrow();
    return of(workload, secondsPerEpoch, rows / experiment.split().train().length, slots);
  }

  private static double onSlots(double all, double longest, int slots) {
    return all / slots + longest * (1 - 1.0 / slots);
  }

  public double total() {
    return search + gauntlet;
  }
}
