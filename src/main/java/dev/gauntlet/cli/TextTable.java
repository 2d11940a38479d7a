package dev.gauntlet.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table without borders for a terminal; long cells are wrapped. */
final class TextTable {
  private static final int WIDEST = 60;

  private final List<Column> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

  TextTable left(String... headers) {
    return columns(HorizontalAlign.LEFT, headers);
  }

  TextTable right(String... headers) {
    return columns(HorizontalAlign.RIGHT, headers);
  }

  private TextTable columns(HorizontalAlign align, String... headers) {
    for (String header : headers) {
      columns.add(new Column().header(header).headerAlign(align).dataAlign(align).maxWidth(WIDEST));
    }
    return this;
  }

  TextTable row(Object... cells) {
    rows.add(cells);
    return this;
  }

  @Override
  public String toString() {
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(columns.toArray(Column[]::new), rows.toArray(Object[][]::new))
        .asString()
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
