package dev.gauntlet.train;

import dev.gauntlet.search.Candidate;

/**
 * Trains one network at a time per thread. What it returns is a function of the task alone, bit by
 * bit, whatever else runs beside it; on a GPU, of the device too.
 */
public interface TrainingEngine {

  /** As in the column {@code engine} of the leaderboard. */
  String name();

  boolean supports(Candidate candidate);

  /** What it computes on in this process: {@code cpu} or {@code gpu}, as in the leaderboard. */
  default String device() {
    return "cpu";
  }

  /**
   * Trains one candidate, up to the end of the task's stage. A training that went on from a
   * checkpoint gives the same as one in one go.
   *
   * @throws TrainingFailedException if training cannot give a usable network: the task's own fault,
   *     so it will not be tried again
   * @throws java.util.concurrent.CancellationException soon after the thread was interrupted
   */
  TrainedModel train(TrainingTask task) throws TrainingFailedException;
}
