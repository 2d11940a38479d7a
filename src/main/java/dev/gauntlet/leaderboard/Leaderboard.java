package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.FoldScores.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The ranked rows of a search. Equal searches give equal leaderboards: nothing here depends on time
 * or place.
 *
 * @param validate the gauntlet that winners ran
 * @param hyperparameters paths, in the order of the columns
 * @param rows best first
 * @param notes sentences on how the search went, for the summary
 * @param importances of hyperparameters, the most important first; empty if not known
 */
public record Leaderboard(
    Metric metric,
    ValidateConfig validate,
    List<String> hyperparameters,
    List<RankedRow> rows,
    List<String> notes,
    List<Importance> importances) {

  /** The level of the comparison with the best row. */
  static final double SIGNIFICANCE = 0.05;

  /**
   * A row in its place.
   *
   * @param rank from 1
   * @param pValue of the corrected t-test against the best row, Holm-adjusted over all rows with
   *     folds; NaN for the best row itself and for rows without folds
   * @param posterior of this row's mean minus the best row's; null where there is no p-value
   * @param tied whether it is the best row or cannot be told from it; null without folds
   */
  public record RankedRow(
      int rank, LeaderboardRow row, double pValue, Posterior posterior, Boolean tied) {

    /** The probability that the row is practically equivalent to the best; NaN without. */
    double pEquivalent() {
      return posterior == null ? Double.NaN : posterior.within();
    }
  }

  /** Ranks and compares. */
  public static Leaderboard of(
      Metric metric,
      ValidateConfig validate,
      List<String> hyperparameters,
      List<CandidateResult> candidates,
      List<BaselineResult> baselines) {
    List<LeaderboardRow> rows = new Ranking(metric).rank(candidates, baselines);
    return new Leaderboard(
        metric,
        validate,
        List.copyOf(hyperparameters),
        compared(rows, metric, validate.rope()),
        List.of(),
        List.of());
  }

  /** The same rows, with how the search went and what they say about hyperparameters. */
  public Leaderboard with(List<String> sentences, List<Importance> known) {
    return new Leaderboard(
        metric, validate, hyperparameters, rows, List.copyOf(sentences), List.copyOf(known));
  }

  private static List<RankedRow> compared(List<LeaderboardRow> rows, Metric metric, double rope) {
    Optional<LeaderboardRow> best =
        rows.stream()
            .filter(row -> row.folds() != null)
            .min((a, b) -> metric.direction().compare(a.cvMean(), b.cvMean()));
    int[] others =
        IntStream.range(0, rows.size())
            .filter(i -> rows.get(i).folds() != null && !rows.get(i).id().equals(best.get().id()))
            .toArray();
    double[] adjusted =
        FoldScores.holm(
            IntStream.of(others)
                .mapToDouble(i -> rows.get(i).folds().pValue(best.get().folds()))
                .toArray());
    List<RankedRow> ranked = new ArrayList<>();
    int next = 0;
    for (LeaderboardRow row : rows) {
      int rank = ranked.size() + 1;
      if (row.folds() == null || row.id().equals(best.get().id())) {
        Boolean tied = row.folds() == null ? null : (Boolean) true;
        ranked.add(new RankedRow(rank, row, Double.NaN, null, tied));
      } else {
        FoldScores against = best.get().folds();
        Posterior posterior = row.folds().posterior(against, width(rope, metric, against));
        double pValue = adjusted[next++];
        ranked.add(new RankedRow(rank, row, pValue, posterior, pValue >= SIGNIFICANCE));
      }
    }
    return List.copyOf(ranked);
  }

  /** Half the region of practical equivalence, in the metric's own unit. */
  private static double width(double rope, Metric metric, FoldScores best) {
    return metric.bounded() ? rope : rope * Math.abs(best.mean());
  }

  /** Half the region of practical equivalence, in the metric's own unit; NaN without folds. */
  double rope() {
    return top().map(row -> width(validate.rope(), metric, row.folds())).orElse(Double.NaN);
  }

  /** What all rows with folds are compared with: that with the best mean. */
  Optional<LeaderboardRow> top() {
    return rows.stream()
        .filter(ranked -> ranked.tied() != null && ranked.posterior() == null)
        .map(RankedRow::row)
        .findFirst();
  }

  /** The best candidate with a complete cross-validation. */
  public Optional<RankedRow> best() {
    return best(Kind.CANDIDATE);
  }

  /** The best baseline with a complete cross-validation. */
  public Optional<RankedRow> bestBaseline() {
    return best(Kind.BASELINE);
  }

  /** Those that failed, or did not come through the gauntlet. */
  public long failedCandidates() {
    return rows.stream()
        .map(RankedRow::row)
        .filter(row -> row.kind() == Kind.CANDIDATE && row.failed())
        .count();
  }

  private Optional<RankedRow> best(Kind kind) {
    return rows.stream()
        .filter(ranked -> ranked.row().kind() == kind && ranked.row().folds() != null)
        .min((a, b) -> metric.direction().compare(a.row().cvMean(), b.row().cvMean()));
  }
}
