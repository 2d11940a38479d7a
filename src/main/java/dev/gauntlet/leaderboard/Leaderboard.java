package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.CandidateResult;
import dev.gauntlet.validate.FoldScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The ranked rows of a search. Equal searches give equal leaderboards: nothing here depends on time
 * or place.
 *
 * @param folds of the cross-validation
 * @param hyperparameters paths, in the order of the columns
 * @param rows best first
 * @param notes sentences on how the search went, for the summary
 * @param importances of hyperparameters, the most important first; empty if not known
 */
public record Leaderboard(
    Metric metric,
    int folds,
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
   * @param tied whether it is the best row or cannot be told from it; null without folds
   */
  public record RankedRow(int rank, LeaderboardRow row, double pValue, Boolean tied) {}

  /** Ranks and compares. */
  public static Leaderboard of(
      Metric metric,
      int folds,
      List<String> hyperparameters,
      List<CandidateResult> candidates,
      List<BaselineResult> baselines) {
    List<LeaderboardRow> rows = new Ranking(metric).rank(candidates, baselines);
    return new Leaderboard(
        metric, folds, List.copyOf(hyperparameters), compared(rows), List.of(), List.of());
  }

  /** The same rows, with how the search went and what they say about hyperparameters. */
  public Leaderboard with(List<String> sentences, List<Importance> known) {
    return new Leaderboard(
        metric, folds, hyperparameters, rows, List.copyOf(sentences), List.copyOf(known));
  }

  private static List<RankedRow> compared(List<LeaderboardRow> rows) {
    List<Integer> measured =
        IntStream.range(0, rows.size()).filter(i -> rows.get(i).folds() != null).boxed().toList();
    double[] raw =
        measured.stream()
            .skip(1)
            .mapToDouble(i -> rows.get(i).folds().pValue(rows.get(measured.get(0)).folds()))
            .toArray();
    double[] adjusted = FoldScores.holm(raw);
    List<RankedRow> ranked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int place = measured.indexOf(i);
      double pValue = place > 0 ? adjusted[place - 1] : Double.NaN;
      Boolean tied = place < 0 ? null : (Boolean) (place == 0 || pValue >= SIGNIFICANCE);
      ranked.add(new RankedRow(i + 1, rows.get(i), pValue, tied));
    }
    return List.copyOf(ranked);
  }

  /** The best candidate with a complete cross-validation. */
  public Optional<RankedRow> best() {
    return first(Kind.CANDIDATE);
  }

  /** The best baseline. */
  public Optional<RankedRow> bestBaseline() {
    return first(Kind.BASELINE);
  }

  private Optional<RankedRow> first(Kind kind) {
    return rows.stream()
        .filter(ranked -> ranked.row().kind() == kind && ranked.row().folds() != null)
        .findFirst();
  }
}
