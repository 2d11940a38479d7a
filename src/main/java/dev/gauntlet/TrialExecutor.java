package dev.gauntlet;

import dev.gauntlet.leaderboard.Forest;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where trials run. */
public interface TrialExecutor {

  /**
   * Runs trials side by side; a trial that cannot be run gives a failed result, after as many
   * retries as the configuration says.
   *
   * @param trials each is taken from the list when it begins, by any thread
   * @param goOn asked before a trial begins, by any thread; once false, no trial begins any more,
   *     and those that did not have no result
   * @param onResult called with each result as it arrives, in any order, by the calling thread
   * @param progress hears of retries and of running trials, by the calling thread; of nothing else
   * @throws SearchInterruptedException if the calling thread is interrupted
   */
  void run(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult,
      Progress progress);

  /**
   * Fits baselines side by side; a fit that fails is a result too.
   *
   * @param onResult called with each result as it arrives, in any order, by the calling thread
   * @param progress as in {@link #run}
   * @throws SearchInterruptedException if the calling thread is interrupted
   */
  void fit(
      Experiment experiment,
      List<BaselineTrial> trials,
      Consumer<BaselineTrialResult> onResult,
      Progress progress);

  /** What tells how important hyperparameters were, once trials have run; empty without. */
  default Optional<Forest> forest() {
    return Optional.empty();
  }

  /**
   * As {@link #run}, of trials that may have ended a process: each in one of its own where {@link
   * #sharesProcess}.
   */
  default void runApart(
      Experiment experiment,
      List<Trial> trials,
      BooleanSupplier goOn,
      Consumer<TrialResult> onResult,
      Progress progress) {
    run(experiment, trials, goOn, onResult, progress);
  }

  /** Whether trials run in this process, which a trial may then take down. */
  default boolean sharesProcess() {
    return false;
  }

  /** Versions, places and sizes, for {@code run.json}. */
  Map<String, Object> environment();
}
