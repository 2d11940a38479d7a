package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The leaderboard in words. */
public final class Summary {
  private static final int MOST_IMPORTANT = 3;

  private Summary() {}

  /** Sentences, the most important first. */
  public static List<String> of(Leaderboard leaderboard) {
    List<String> sentences = new ArrayList<>();
    Optional<RankedRow> best = leaderboard.best();
    if (best.isEmpty()) {
      sentences.add("No candidate completed the gauntlet.");
    } else {
      sentences.add(best(leaderboard, best.get()));
      leaderboard.bestBaseline().ifPresent(row -> sentences.add(baseline(best.get(), row)));
      tied(leaderboard).ifPresent(sentences::add);
    }
    importances(leaderboard).ifPresent(sentences::add);
    failures(leaderboard).ifPresent(sentences::add);
    stopped(leaderboard).ifPresent(sentences::add);
    retrained(leaderboard).ifPresent(sentences::add);
    sentences.addAll(leaderboard.notes());
    return sentences;
  }

  private static String best(Leaderboard leaderboard, RankedRow best) {
    LeaderboardRow row = best.row();
    return "Best: candidate %s (%s), %s %s ± %s over %d folds, 95 %% interval %s to %s."
        .formatted(
            row.id(),
            row.network(),
            Names.word(leaderboard.metric()),
            Numbers.brief(row.folds().mean()),
            Numbers.brief(row.folds().std()),
            leaderboard.folds(),
            Numbers.brief(row.folds().mean() - row.folds().halfWidth()),
            Numbers.brief(row.folds().mean() + row.folds().halfWidth()));
  }

  /** Says it plainly where a search was in vain. */
  private static String baseline(RankedRow best, RankedRow baseline) {
    String name = "the best baseline (" + baseline.row().network() + ", ";
    name += Numbers.brief(baseline.row().cvMean()) + ")";
    if (best.rank() > baseline.rank()) {
      return "The search does NOT beat " + name + ". Maybe the features do not tell the classes.";
    }
    double pValue = baseline.row().folds().pValue(best.row().folds());
    return pValue < Leaderboard.SIGNIFICANCE
        ? "It beats " + name + "; p " + Numbers.pValue(pValue) + "."
        : "It is NOT significantly better than " + name + "; p " + Numbers.pValue(pValue) + ".";
  }

  private static Optional<String> tied(Leaderboard leaderboard) {
    List<LeaderboardRow> tied =
        leaderboard.rows().stream()
            .filter(row -> Boolean.TRUE.equals(row.tied()) && row.row().kind() == Kind.CANDIDATE)
            .map(RankedRow::row)
            .toList();
    if (tied.size() < 2) {
      return Optional.empty();
    }
    LeaderboardRow smallest =
        tied.stream().min((a, b) -> Long.compare(a.parameters(), b.parameters())).orElseThrow();
    return Optional.of(
        "The folds do not tell candidates "
            + tied.stream().map(LeaderboardRow::id).collect(Collectors.joining(", "))
            + " apart; the smallest of them is "
            + smallest.id()
            + " ("
            + smallest.parameters()
            + " parameters).");
  }

  private static Optional<String> importances(Leaderboard leaderboard) {
    String words =
        leaderboard.importances().stream()
            .limit(MOST_IMPORTANT)
            .map(Summary::importance)
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? Optional.empty() : Optional.of("What mattered most: " + words + ".");
  }

  private static String importance(Importance known) {
    Object best = known.best() instanceof Double number ? Numbers.rounded(number) : known.best();
    return "%s (%s; best %s)".formatted(known.name(), Numbers.share(known.importance()), best);
  }

  private static Optional<String> failures(Leaderboard leaderboard) {
    long failed =
        leaderboard.rows().stream()
            .map(RankedRow::row)
            .filter(row -> !row.status().equals("done") && !row.stopped())
            .count();
    return failed == 0
        ? Optional.empty()
        : Optional.of(failed + " candidates failed; the column status says why.");
  }

  private static Optional<String> stopped(Leaderboard leaderboard) {
    long stopped = leaderboard.rows().stream().filter(row -> row.row().stopped()).count();
    return stopped == 0
        ? Optional.empty()
        : Optional.of("The strategy stopped " + Names.count(stopped, "candidate") + " early.");
  }

  private static Optional<String> retrained(Leaderboard leaderboard) {
    String ids =
        leaderboard.rows().stream()
            .map(RankedRow::row)
            .filter(row -> row.dropout() != null && row.dropout().rate() > 0)
            .map(row -> row.id() + " (rate " + row.dropout().rate() + ")")
            .collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Without dropout of their own, trained once more with it for MC dropout: " + ids + ".");
  }
}
