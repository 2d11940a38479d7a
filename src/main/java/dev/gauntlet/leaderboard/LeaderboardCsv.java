package dev.gauntlet.leaderboard;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gauntlet.leaderboard.Leaderboard.RankedRow;
import dev.gauntlet.leaderboard.LeaderboardColumns.Column;
import dev.gauntlet.leaderboard.LeaderboardColumns.Content;
import dev.gauntlet.validate.Cells;
import java.io.StringWriter;
import java.util.List;

/** The leaderboard as comma-separated text; an empty cell means "not measured". */
public final class LeaderboardCsv {
  private LeaderboardCsv() {}

  public static String write(Leaderboard leaderboard) {
    List<Column> columns = LeaderboardColumns.of(leaderboard);
    var text = new StringWriter();
    var writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);
    writer.writeRecord(columns.stream().map(Column::name).toList());
    for (RankedRow row : leaderboard.rows()) {
      writer.writeRecord(columns.stream().map(column -> cell(column, row)).toList());
    }
    return text.toString();
  }

  private static String cell(Column column, RankedRow row) {
    Object value = column.cell().apply(row);
    String text = value == null ? "" : Numbers.text(value);
    return column.content() == Content.TEXT ? Cells.neutral(text) : text;
  }
}
