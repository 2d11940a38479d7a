package dev.gauntlet.validate;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.ValidateConfig.Baseline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All fits of one baseline, on the rows that candidates were scored on; never on the test rows,
 * which only winners see.
 *
 * @param search on the validation rows
 * @param folds one per fold
 * @param foldRatio held-out rows per training row of the folds
 */
public record BaselineResult(
    Baseline baseline,
    BaselineTrialResult search,
    List<BaselineTrialResult> folds,
    double foldRatio) {

  public BaselineResult {
    folds = List.copyOf(folds);
  }

  /** Empty unless every fold has a score. */
  public Optional<FoldScores> foldScores() {
    return folds.stream().anyMatch(BaselineTrialResult::failed)
        ? Optional.empty()
        : Optional.of(new FoldScores(scores(), foldRatio));
  }

  /** One per fold; NaN for one that failed. */
  public double[] scores() {
    return folds.stream().mapToDouble(BaselineTrialResult::score).toArray();
  }

  /** All metrics of each fold; empty unless every fold has a score. */
  public List<Map<Metric, Double>> foldMetrics() {
    return foldScores().isEmpty()
        ? List.of()
        : folds.stream().map(BaselineTrialResult::scores).toList();
  }

  /** As of a candidate. */
  public String status() {
    return search.failed()
        ? "failed: " + search.failure()
        : folds.stream()
            .filter(BaselineTrialResult::failed)
            .findFirst()
            .map(fold -> "incomplete: fold " + (fold.trial().fold() + 1) + ": " + fold.failure())
            .orElse("done");
  }

  /** For people. */
  public String words() {
    return Names.word(baseline).replace('-', ' ');
  }
}
