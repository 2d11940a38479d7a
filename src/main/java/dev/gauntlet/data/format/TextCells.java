package dev.gauntlet.data.format;

/** Cells that are text. */
record TextCells(String[] fields) implements TableBuilder.Cells {
  @Override
  public float number(int column) {
    return TableBuilder.number(fields[column].strip());
  }

  @Override
  public double time(int column) {
    try {
      return Double.parseDouble(fields[column].strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public String word(int column) {
    return fields[column];
  }
}
