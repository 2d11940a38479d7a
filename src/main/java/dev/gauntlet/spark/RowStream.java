package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.format.TableBuilder;
import dev.gauntlet.data.format.TableBuilder.Place;
import dev.gauntlet.spark.OrderedRows.Piece;

/** Brings rows to the driver, a few pieces at a time, and hands them on one by one. */
final class RowStream {
  /** Bytes of a piece that come at a time: more than a group of rows in Parquet usually has. */
  private static final long LIMIT = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final Layout layout;
  private final OrderedRows rows;
  private final ChunkCells cells;
  private String file;
  private long row;

  RowStream(Source source, Layout layout) {
    this.layout = layout;
    this.rows = new OrderedRows(source.where(), source.rows().select(layout.columns()));
    this.cells = new ChunkCells(layout.slots(), layout.cells());
  }

  void copyTo(TableBuilder builder) {
    rows.each(
        encoder(0),
        (piece, start) -> {
          Part part = start;
          copy(piece, part, builder);
          while (!part.ended()) {
            part = rows.one(encoder(part.next()), piece);
            copy(piece, part, builder);
          }
        });
  }

  private RowEncoder encoder(long from) {
    return new RowEncoder(layout.slots(), from, LIMIT);
  }

  private void copy(Piece piece, Part part, TableBuilder builder) {
    if (!piece.file().equals(file)) {
      file = piece.file();
      row = 0;
    }
    for (Chunk chunk : part.chunks()) {
      for (int i = 0; i < chunk.rows(); i++) {
        row++;
        cells.moveTo(chunk, i);
        builder.add(cells, place());
      }
    }
    if (part.broken()) {
      throw new InvalidInputException(OrderedRows.unreadable(piece.file(), part.fault()));
    }
    if (part.fault() != null) {
      throw new InvalidInputException(file + ": row " + (row + 1) + ": " + part.fault());
    }
  }

  /** Of the row that is added; asked at once if at all. */
  private Place place() {
    return new Place() {
      @Override
      public String toString() {
        return file + ": row " + row;
      }
    };
  }
}
