package dev.gauntlet;

import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where trials run. */
public interface TrialExecutor {

  /**
   * Runs trials side by side; a trial that cannot be run gives a failed result.
   *
   * @param onResult called with each result as it arrives, in any order, by the calling thread
   */
  void run(Experiment experiment, List<Trial> trials, Consumer<TrialResult> onResult);

  /** Versions, places and sizes, for {@code run.json}. */
  Map<String, Object> environment();
}
