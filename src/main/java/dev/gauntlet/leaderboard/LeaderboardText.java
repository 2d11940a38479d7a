package dev.gauntlet.leaderboard;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.leaderboard.LeaderboardRow.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The top of the leaderboard for a terminal, and the summary. */
public final class LeaderboardText {
  private static final int TOP = 8;

  private LeaderboardText() {}

  public static String write(Leaderboard leaderboard) {
    List<RankedRow> shown =
        leaderboard.rows().stream()
            .filter(row -> row.rank() <= TOP || row.row().kind() == Kind.BASELINE)
            .toList();
    List<Column> columns = new ArrayList<>();
    List<Function<RankedRow, String>> cells = new ArrayList<>();
    column(columns, cells, "rank", true, row -> Integer.toString(row.rank()));
    column(columns, cells, "candidate", true, LeaderboardText::id);
    column(columns, cells, "network", false, row -> row.row().network());
    column(columns, cells, "optimizer", false, LeaderboardText::optimizer);
    column(columns, cells, "search", true, row -> Numbers.brief(row.row().searchScore()));
    column(columns, cells, "CV mean ± std", true, LeaderboardText::folds);
    column(columns, cells, "MC dropout", true, LeaderboardText::dropout);
    column(columns, cells, "test", true, row -> Numbers.brief(row.row().testScore()));
    column(columns, cells, "p vs best, Holm", true, row -> Numbers.pValue(row.pValue()));
    String[][] table =
        shown.stream()
            .map(row -> cells.stream().map(cell -> cell.apply(row)).toArray(String[]::new))
            .toArray(String[][]::new);
    String text =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .data(columns.toArray(Column[]::new), table)
            .asString();
    int hidden = leaderboard.rows().size() - shown.size();
    String more = hidden == 0 ? "" : " ... and " + hidden + " more in leaderboard.csv\n";
    return text + "\n" + more + "\n" + String.join("\n", Summary.of(leaderboard)) + "\n";
  }

  private static void column(
      List<Column> columns,
      List<Function<RankedRow, String>> cells,
      String header,
      boolean right,
      Function<RankedRow, String> cell) {
    HorizontalAlign align = right ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    columns.add(new Column().header(header).headerAlign(align).dataAlign(align).maxWidth(60));
    cells.add(cell);
  }

  private static String id(RankedRow ranked) {
    return ranked.row().kind() == Kind.BASELINE ? "baseline" : ranked.row().id();
  }

  private static String optimizer(RankedRow ranked) {
    var values = ranked.row().hyperparameters();
    if (!values.containsKey("optimizer.type")) {
      return "";
    }
    // AdaDelta has none.
    Object rate = values.get("optimizer.learning-rate");
    return values.get("optimizer.type")
        + (rate == null ? "" : " " + Numbers.rounded((Double) rate));
  }

  private static String folds(RankedRow ranked) {
    LeaderboardRow row = ranked.row();
    if (!row.status().equals("done")) {
      return row.status().replaceFirst(":.*", "");
    }
    return row.folds() == null
        ? "-"
        : Numbers.brief(row.folds().mean()) + " ± " + Numbers.brief(row.folds().std());
  }

  private static String dropout(RankedRow ranked) {
    var dropout = ranked.row().dropout();
    return dropout == null
        ? "-"
        : Numbers.brief(dropout.mean()) + " ± " + Numbers.brief(dropout.std());
  }
}
