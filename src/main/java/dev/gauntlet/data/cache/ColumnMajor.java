package dev.gauntlet.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Moves a matrix between row-major memory and a column-major file, tile by tile: a line of the
 * processor's cache wide, so that rows are read and written in whole lines, and so many rows high
 * that a tile fits into the second cache. Their number is no power of two, or the columns of a tile
 * would fall on one another in the first.
 */
final class ColumnMajor {
  private static final int TILE_COLUMNS = 16;
  private static final int TILE_ROWS = 4080;

  private interface Tile {
    void move(int row, int rows, int column, int columns) throws IOException;
  }

  private ColumnMajor() {}

  /**
   * @param values row after row
   */
  static void write(NpyFile file, float[] values, int rows, int columns) throws IOException {
    float[] tile = new float[TILE_COLUMNS * TILE_ROWS];
    ByteBuffer items = file.buffer(TILE_ROWS);
    forEachTile(
        rows,
        columns,
        (row, height, column, width) -> {
          for (int r = 0; r < height; r++) {
            int from = (row + r) * columns + column;
            for (int c = 0; c < width; c++) {
              tile[c * height + r] = values[from + c];
            }
          }
          for (int c = 0; c < width; c++) {
            items.clear().asFloatBuffer().put(tile, c * height, height);
            file.write(items.limit(Float.BYTES * height), place(row, column + c, rows));
          }
        });
  }

  /** All values, row after row. */
  static float[] read(NpyFile file, int rows, int columns) throws IOException {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    float[] tile = new float[TILE_COLUMNS * TILE_ROWS];
    ByteBuffer items = file.buffer(TILE_ROWS);
    forEachTile(
        rows,
        columns,
        (row, height, column, width) -> {
          for (int c = 0; c < width; c++) {
            items.clear().limit(Float.BYTES * height);
            file.read(items, place(row, column + c, rows));
            items.asFloatBuffer().get(tile, c * height, height);
          }
          for (int r = 0; r < height; r++) {
            int to = (row + r) * columns + column;
            for (int c = 0; c < width; c++) {
              values[to + c] = tile[c * height + r];
            }
          }
        });
    return values;
  }

  /** Of an item in the file. */
  private static long place(int row, int column, int rows) {
    return (long) column * rows + row;
  }

  private static void forEachTile(int rows, int columns, Tile tile) throws IOException {
    for (int row = 0, height; row < rows; row += height) {
      height = Math.min(TILE_ROWS, rows - row);
      for (int column = 0, width; column < columns; column += width) {
        width = Math.min(TILE_COLUMNS, columns - column);
        tile.move(row, height, column, width);
      }
    }
  }
}
