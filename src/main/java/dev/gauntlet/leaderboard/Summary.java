package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
      choice(leaderboard).ifPresent(sentences::add);
      simpler(leaderboard).ifPresent(sentences::add);
    }
    importances(leaderboard).ifPresent(sentences::add);
    counts(leaderboard, Kind.CANDIDATE, "candidate").ifPresent(sentences::add);
    counts(leaderboard, Kind.BASELINE, "baseline").ifPresent(sentences::add);
    retrained(leaderboard).ifPresent(sentences::add);
    sentences.addAll(leaderboard.notes());
    return sentences;
  }

  private static String best(Leaderboard leaderboard, RankedRow best) {
    LeaderboardRow row = best.row();
    int repeats = leaderboard.validate().repeats();
    return "Best: candidate %s (%s), %s %s ± %s over %s%d folds, 95 %% interval %s to %s."
        .formatted(
            row.id(),
            row.network(),
            Names.word(leaderboard.metric()),
            Numbers.brief(row.folds().mean()),
            Numbers.brief(row.folds().std()),
            repeats > 1 ? repeats + " x " : "",
            leaderboard.validate().folds(),
            Numbers.brief(row.folds().low()),
            Numbers.brief(row.folds().high()));
  }

  /** Says it plainly where a search was in vain. */
  private static String baseline(RankedRow best, RankedRow baseline) {
    RankedRow other = best.rank() < baseline.rank() ? baseline : best;
    String test = Numbers.p(other.pValue());
    if (Boolean.TRUE.equals(other.tied())) {
      test += ", practically the same with probability " + Numbers.probability(other.pEquivalent());
    }
    String name = baseline.row().network() + ", " + Numbers.brief(baseline.row().cvMean());
    String by = Numbers.brief(Math.abs(best.row().cvMean() - baseline.row().cvMean()));
    if (best.rank() > baseline.rank()) {
      return "The search does NOT beat the best baseline (%s): it is %s behind; %s."
          .formatted(name, by, test);
    }
    return (Boolean.TRUE.equals(other.tied())
            ? "It is NOT significantly better than the best baseline (%s), by %s; %s."
            : "It beats the best baseline (%s) by %s; %s.")
        .formatted(name, by, test);
  }

  /** Which model to take: the smallest network that is not told from the best row. */
  private static Optional<String> choice(Leaderboard leaderboard) {
    List<LeaderboardRow> tied =
        tied(leaderboard, Kind.CANDIDATE).stream()
            .filter(row -> row.status().equals("done"))
            .toList();
    return tied.stream()
        .min(Comparator.comparingLong(LeaderboardRow::parameters))
        .map(row -> "Take candidate " + row.id() + reason(row, tied, leaderboard));
  }

  private static String reason(
      LeaderboardRow smallest, List<LeaderboardRow> tied, Leaderboard leaderboard) {
    if (tied.size() > 1) {
      return ", the smallest (%d parameters) of %s, which the folds do not tell from the best row."
          .formatted(smallest.parameters(), words(tied, LeaderboardRow::id));
    }
    return leaderboard.top().filter(smallest::equals).isPresent()
        ? ": by the test, no other candidate of the gauntlet is as good."
        : ", the only one that the folds do not tell from the best row.";
  }

  /** Baselines that are as good as the best row, or are it. */
  private static Optional<String> simpler(Leaderboard leaderboard) {
    Optional<LeaderboardRow> top = leaderboard.top().filter(row -> row.kind() == Kind.BASELINE);
    if (top.isPresent() && tied(leaderboard, Kind.CANDIDATE).isEmpty()) {
      return top.map(row -> "Take the baseline " + row.network() + ": every candidate is worse.");
    }
    List<LeaderboardRow> tied =
        tied(leaderboard, Kind.BASELINE).stream()
            .filter(row -> top.isEmpty() || !row.equals(top.get()))
            .toList();
    return tied.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not told from the best row either: "
                + words(tied, LeaderboardRow::network)
                + ". Maybe that is all it takes.");
  }

  private static String words(List<LeaderboardRow> rows, Function<LeaderboardRow, String> word) {
    return rows.stream().map(word).collect(Collectors.joining(", "));
  }

  private static List<LeaderboardRow> tied(Leaderboard leaderboard, Kind kind) {
    return leaderboard.rows().stream()
        .filter(row -> Boolean.TRUE.equals(row.tied()) && row.row().kind() == kind)
        .map(RankedRow::row)
        .toList();
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

  /** Empty if all went well. */
  private static Optional<String> counts(Leaderboard leaderboard, Kind kind, String noun) {
    List<LeaderboardRow> rows =
        leaderboard.rows().stream().map(RankedRow::row).filter(row -> row.kind() == kind).toList();
    long stopped = rows.stream().filter(LeaderboardRow::stopped).count();
    long failed = rows.stream().filter(LeaderboardRow::failed).count();
    if (stopped + failed == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Names.count(rows.size(), noun)
            + ": "
            + (rows.size() - stopped - failed)
            + " done"
            + (stopped > 0 ? ", " + stopped + " stopped early by the strategy" : "")
            + (failed > 0 ? ", " + failed + " failed; the column status says why" : "")
            + ".");
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
