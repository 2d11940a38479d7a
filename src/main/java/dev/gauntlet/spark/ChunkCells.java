package dev.gauntlet.spark;

import dev.gauntlet.data.format.TableBuilder.Cells;
import dev.gauntlet.spark.Layout.Cell;
import dev.gauntlet.spark.Slot.Encoding;
import java.util.List;

/** The cells of one row after the other of a {@link Chunk}. */
final class ChunkCells implements Cells {
  private final Cell[] cells;
  private final int numbers;
  private final int words;
  private Chunk chunk;
  private int row;

  /**
   * @param cells one per column of the plan; null for a column that is not read
   */
  ChunkCells(List<Slot> slots, Cell[] cells) {
    this.cells = cells;
    int numbersPerRow = 0;
    int wordsPerRow = 0;
    for (Slot slot : slots) {
      switch (slot.encoding()) {
        case NUMBER, ARRAY, VECTOR -> numbersPerRow += slot.width();
        case WORD -> wordsPerRow++;
        case TIME -> {}
      }
    }
    this.numbers = numbersPerRow;
    this.words = wordsPerRow;
  }

  void moveTo(Chunk of, int at) {
    chunk = of;
    row = at;
  }

  @Override
  public float number(int column) {
    return chunk.numbers()[row * numbers + cells[column].place()];
  }

  @Override
  public double time(int column) {
    return cells[column].encoding() == Encoding.TIME ? chunk.times()[row] : number(column);
  }

  @Override
  public String word(int column) {
    return switch (cells[column].encoding()) {
      case WORD -> {
        int code = chunk.codes()[row * words + cells[column].place()];
        yield code < 0 ? "" : chunk.words()[code];
      }
      case TIME -> Double.isNaN(chunk.times()[row]) ? "" : Double.toString(chunk.times()[row]);
      case NUMBER, ARRAY, VECTOR -> Float.isNaN(number(column)) ? "" : Words.of(number(column));
    };
  }
}
