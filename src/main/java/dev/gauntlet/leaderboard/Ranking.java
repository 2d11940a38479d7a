package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Metric.Direction;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import dev.gauntlet.validate.BaselineResult;
import dev.gauntlet.validate.CandidateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of rows: winners by the mean of their folds, then the other candidates by their search
 * score, baselines where they fall. Candidates that the search stopped early come after those that
 * it trained for all epochs: scores of few epochs do not compare with scores of many.
 *
 * <p>Equal scores are common, because accuracy on n rows has n + 1 values. The network with fewer
 * parameters comes first then, and last the candidate with the smaller id.
 */
public final class Ranking {
  private final Direction direction;

  public Ranking(Metric metric) {
    this.direction = metric.direction();
  }

  /**
   * By mean over repeats on the validation rows. Misleads where many candidates were tried: the
   * best of many is partly lucky, which is why winners run the gauntlet.
   */
  public Comparator<CandidateResult> bySearchScore() {
    Comparator<CandidateResult> byScore =
        (a, b) -> direction.compare(a.searchScore(), b.searchScore());
    return Comparator.<CandidateResult>comparingInt(
            result -> group(result.searchScore(), result.stopped()))
        .thenComparing(byScore)
        .thenComparingLong(result -> result.candidate().parameters())
        .thenComparingInt(result -> result.candidate().id());
  }

  /** Ranked rows. */
  List<LeaderboardRow> rank(List<CandidateResult> candidates, List<BaselineResult> baselines) {
    List<LeaderboardRow> winners = new ArrayList<>();
    List<LeaderboardRow> others = new ArrayList<>();
    for (CandidateResult candidate : candidates) {
      (candidate.winner() ? winners : others).add(LeaderboardRow.of(candidate));
    }
    for (BaselineResult baseline : baselines) {
      LeaderboardRow row = LeaderboardRow.of(baseline);
      boolean amongWinners =
          !Double.isNaN(row.cvMean())
              && winners.stream()
                  .mapToDouble(LeaderboardRow::cvMean)
                  .anyMatch(mean -> !Double.isNaN(mean) && !direction.better(mean, row.cvMean()));
      (amongWinners ? winners : others).add(row);
    }
    winners.sort(byFolds().thenComparing(bySize()));
    others.sort(byRowSearchScore().thenComparing(bySize()));
    winners.addAll(others);
    return winners;
  }

  private Comparator<LeaderboardRow> byFolds() {
    return (a, b) -> direction.compare(a.cvMean(), b.cvMean());
  }

  private Comparator<LeaderboardRow> byRowSearchScore() {
    Comparator<LeaderboardRow> byScore =
        (a, b) -> direction.compare(a.searchScore(), b.searchScore());
    return Comparator.<LeaderboardRow>comparingInt(row -> group(row.searchScore(), row.stopped()))
        .thenComparing(byScore);
  }

  /** 0 for rows of all epochs, 1 for stopped ones, 2 for failed ones. */
  private static int group(double score, boolean stopped) {
    return Double.isNaN(score) ? 2 : stopped ? 1 : 0;
  }

  /** A baseline is smaller than any network. */
  private static Comparator<LeaderboardRow> bySize() {
    return Comparator.<LeaderboardRow>comparingLong(
            row -> row.kind() == Kind.BASELINE ? -1 : row.parameters())
        .thenComparingInt(row -> row.kind() == Kind.BASELINE ? -1 : Integer.parseInt(row.id()));
  }
}
