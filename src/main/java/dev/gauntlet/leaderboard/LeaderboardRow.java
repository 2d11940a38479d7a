package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.Evaluation;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.McDropoutScore;
import dev.gauntlet.validate.TrialResult;
import java.util.Map;
import java.util.Optional;

/**
 * One row before it is ranked. {@code null} and NaN mean "not measured".
 *
 * @param id the candidate's number, or the baseline's word
 * @param engine what trained it; null for a baseline
 * @param device what it was trained on, {@code cpu} or {@code gpu}; null for a baseline
 * @param parameters of the network; null for a baseline
 * @param searchScores one per repeat, NaN for one that failed; empty for a baseline
 * @param foldScores one per fold, NaN for a fold that failed; empty without cross-validation
 * @param folds null unless every fold has a score
 * @param metrics all metrics of the task; empty unless every fold has a score
 * @param dropout null if it was not measured
 * @param testScore NaN but for winners
 * @param winner whether the row ran the full gauntlet
 * @param hyperparameters by their path; empty for a baseline
 */
public record LeaderboardRow(
    String id,
    Kind kind,
    String status,
    String engine,
    String device,
    String network,
    Long parameters,
    double searchScore,
    double searchStd,
    double[] searchScores,
    double[] foldScores,
    FoldScores folds,
    Map<Metric, FoldMetric> metrics,
    McDropoutScore dropout,
    double testScore,
    boolean winner,
    Map<String, Object> hyperparameters) {

  /** What a row is. */
  public enum Kind {
    CANDIDATE,
    BASELINE
  }

  static LeaderboardRow of(CandidateResult result) {
    boolean tested = result.last() != null && !result.last().failed();
    Map<Metric, Double> test = result.testEvaluation().map(Evaluation::scores).orElse(Map.of());
    return new LeaderboardRow(
        Integer.toString(result.candidate().id()),
        Kind.CANDIDATE,
        result.status(),
        result.engines(),
        result.devices(),
        result.candidate().words(),
        result.candidate().parameters(),
        result.searchScore(),
        result.searchStd(),
        result.searchScores(),
        result.folds().stream().mapToDouble(TrialResult::score).toArray(),
        result.foldScores().orElse(null),
        FoldMetric.of(result.foldMetrics(), test),
        tested ? result.last().outcome().saved().dropout() : null,
        tested ? result.last().score() : Double.NaN,
        result.winner(),
        result.candidate().hyperparameters());
  }

  static LeaderboardRow of(BaselineResult result) {
    return new LeaderboardRow(
        Names.word(result.baseline()),
        Kind.BASELINE,
        result.status(),
        null,
        null,
        result.words(),
        null,
        result.search().score(),
        Double.NaN,
        new double[0],
        result.scores(),
        result.foldScores().orElse(null),
        FoldMetric.of(result.foldMetrics(), Map.of()),
        null,
        Double.NaN,
        false,
        Map.of());
  }

  /** Whether the search gave up on it before its last epoch. */
  boolean stopped() {
    return status.startsWith("stopped: ");
  }

  /** Whether something that it was to go through gave no score. */
  boolean failed() {
    return !status.equals("done") && !stopped();
  }

  /** NaN without a complete cross-validation. */
  double cvMean() {
    return Optional.ofNullable(folds).map(FoldScores::mean).orElse(Double.NaN);
  }

  /** NaN for a fold that was not measured. */
  double foldScore(int fold) {
    return fold < foldScores.length ? foldScores[fold] : Double.NaN;
  }
}
