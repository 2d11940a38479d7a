package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.validate.FoldScores;
import dev.gauntlet.validate.McDropoutScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The columns of every table of the leaderboard, in their order. */
final class LeaderboardColumns {

  /** What is in the cells of a column; any may be null, "not measured". */
  enum Content {
    /** A {@code Long}. */
    INTEGER,
    /** A {@code Double}. */
    NUMBER,
    /** A {@code Boolean}. */
    TRUTH,
    /** A {@code String}. */
    TEXT
  }

  /** A column: its name, and its cell in a row. */
  record Column(String name, Content content, Function<RankedRow, Object> cell) {}

  private final List<Column> columns = new ArrayList<>();

  private LeaderboardColumns(Leaderboard leaderboard) {
    add("rank", Content.INTEGER, ranked -> (long) ranked.rank());
    text("id", LeaderboardRow::id);
    text("kind", row -> Names.word(row.kind()));
    text("status", LeaderboardRow::status);
    text("engine", LeaderboardRow::engine);
    text("device", LeaderboardRow::device);
    text("network", LeaderboardRow::network);
    add("parameters", Content.INTEGER, ranked -> ranked.row().parameters());
    number("search_score", ranked -> ranked.row().searchScore());
    number("search_std", ranked -> ranked.row().searchStd());
    folds("cv_mean", FoldScores::mean);
    folds("cv_std", FoldScores::std);
    folds("cv_low", FoldScores::low);
    folds("cv_high", FoldScores::high);
    dropout("mc_mean", McDropoutScore::mean);
    dropout("mc_std", McDropoutScore::std);
    dropout("mc_added_rate", score -> score.rate() > 0 ? score.rate() : Double.NaN);
    number("test_score", ranked -> ranked.row().testScore());
    number("p_value", RankedRow::pValue);
    number("p_equivalent", RankedRow::pEquivalent);
    add("tied", Content.TRUTH, RankedRow::tied);
    add("winner", Content.TRUTH, ranked -> ranked.row().winner());
    for (int fold = 0; fold < leaderboard.validate().trainings(); fold++) {
      int place = fold;
      number("fold_" + (fold + 1), ranked -> ranked.row().foldScore(place));
    }
    for (String name : leaderboard.hyperparameters()) {
      hyperparameter(name, leaderboard.rows());
    }
  }

  static List<Column> of(Leaderboard leaderboard) {
    return new LeaderboardColumns(leaderboard).columns;
  }

  private void add(String name, Content content, Function<RankedRow, Object> cell) {
    columns.add(new Column(name, content, cell));
  }

  private void text(String name, Function<LeaderboardRow, String> cell) {
    add(name, Content.TEXT, ranked -> cell.apply(ranked.row()));
  }

  private void number(String name, ToDoubleFunction<RankedRow> cell) {
    add(
        name,
        Content.NUMBER,
        ranked -> {
          double value = cell.applyAsDouble(ranked);
          return Double.isNaN(value) ? null : value;
        });
  }

  private void folds(String name, ToDoubleFunction<FoldScores> value) {
    number(
        name,
        ranked ->
            ranked.row().folds() == null ? Double.NaN : value.applyAsDouble(ranked.row().folds()));
  }

  private void dropout(String name, ToDoubleFunction<McDropoutScore> value) {
    number(
        name,
        ranked ->
            ranked.row().dropout() == null
                ? Double.NaN
                : value.applyAsDouble(ranked.row().dropout()));
  }

  /** Of the type that all its values have; text where they differ in it. */
  private void hyperparameter(String name, List<RankedRow> rows) {
    String column = "hp." + name;
    Function<RankedRow, Object> value = ranked -> ranked.row().hyperparameters().get(name);
    List<Object> values = rows.stream().map(value).filter(Objects::nonNull).toList();
    if (values.stream().allMatch(one -> one instanceof Integer || one instanceof Long)) {
      add(column, Content.INTEGER, value.andThen(LeaderboardColumns::whole));
    } else if (values.stream().allMatch(Number.class::isInstance)) {
      add(column, Content.NUMBER, value.andThen(LeaderboardColumns::fraction));
    } else if (values.stream().allMatch(Boolean.class::isInstance)) {
      add(column, Content.TRUTH, value);
    } else {
      add(column, Content.TEXT, value.andThen(one -> one == null ? null : Numbers.text(one)));
    }
  }

  private static Object whole(Object value) {
    return value == null ? null : ((Number) value).longValue();
  }

  private static Object fraction(Object value) {
    return value == null ? null : ((Number) value).doubleValue();
  }
}
