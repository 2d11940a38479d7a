package dev.gauntlet.leaderboard;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gauntlet.config.Names;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.validate.FoldScores;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The leaderboard as comma-separated text; an empty cell means "not measured". */
public final class LeaderboardCsv {
  private static final List<String> COLUMNS =
      List.of(
          "rank",
          "id",
          "kind",
          "status",
          "engine",
          "network",
          "parameters",
          "search_score",
          "search_std",
          "cv_mean",
          "cv_std",
          "cv_low",
          "cv_high",
          "mc_mean",
          "mc_std",
          "test_score",
          "p_value",
          "tied",
          "winner");

  private LeaderboardCsv() {}

  public static String write(Leaderboard leaderboard) {
    var text = new StringWriter();
    var writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
    List<String> header = new ArrayList<>(COLUMNS);
    for (int fold = 1; fold <= leaderboard.folds(); fold++) {
      header.add("fold_" + fold);
    }
    leaderboard.hyperparameters().forEach(name -> header.add("hp." + name));
    writer.writeRecord(header);
    leaderboard.rows().forEach(row -> writer.writeRecord(cells(leaderboard, row)));
    return text.toString();
  }

  private static List<String> cells(Leaderboard leaderboard, RankedRow ranked) {
    LeaderboardRow row = ranked.row();
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(ranked.rank()));
    cells.add(row.id());
    cells.add(Names.word(row.kind()));
    cells.add(row.status());
    cells.add(text(row.engine()));
    cells.add(row.network());
    cells.add(text(row.parameters()));
    cells.add(Numbers.exact(row.searchScore()));
    cells.add(Numbers.exact(row.searchStd()));
    cells.add(folds(row, FoldScores::mean));
    cells.add(folds(row, FoldScores::std));
    cells.add(folds(row, scores -> scores.mean() - scores.halfWidth()));
    cells.add(folds(row, scores -> scores.mean() + scores.halfWidth()));
    cells.add(row.dropout() == null ? "" : Numbers.exact(row.dropout().mean()));
    cells.add(row.dropout() == null ? "" : Numbers.exact(row.dropout().std()));
    cells.add(Numbers.exact(row.testScore()));
    cells.add(Numbers.exact(ranked.pValue()));
    cells.add(text(ranked.tied()));
    cells.add(text(row.winner()));
    for (int fold = 0; fold < leaderboard.folds(); fold++) {
      boolean measured = fold < row.foldScores().length;
      cells.add(measured ? Numbers.exact(row.foldScores()[fold]) : "");
    }
    leaderboard.hyperparameters().forEach(name -> cells.add(text(row.hyperparameters().get(name))));
    return cells;
  }

  private static String folds(LeaderboardRow row, ToDoubleFunction<FoldScores> value) {
    return Optional.ofNullable(row.folds())
        .map(scores -> Numbers.exact(value.applyAsDouble(scores)))
        .orElse("");
  }

  private static String text(Object value) {
    return value == null
        ? ""
        : value instanceof Double number ? Numbers.exact(number) : value.toString();
  }
}
