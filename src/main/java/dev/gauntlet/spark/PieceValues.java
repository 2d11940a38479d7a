package dev.gauntlet.spark;

import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Sharding;
import dev.gauntlet.data.Values;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The numbers of a dataset on a cluster: each piece a broadcast of its own, which an executor gets
 * when it first reads a row of it, from the driver or another executor. Spark keeps pieces in
 * memory as long as there is room, and on the executor's disk when there is not.
 *
 * @param pieces {@code rows x columns} each
 */
record PieceValues(Sharding sharding, int columns, List<Broadcast<float[]>> pieces)
    implements Values {
  private static final long serialVersionUID = 1L;

  /** Rows come piece by piece: the last one of a thread stays until it reads another. */
  private static final ThreadLocal<Held> LAST = new ThreadLocal<>();

  private record Held(Broadcast<float[]> of, float[] values) {}

  static PieceValues of(JavaSparkContext spark, Dataset dataset, Sharding sharding) {
    int columns = dataset.columns().size();
    Values all = dataset.values();
    List<Broadcast<float[]>> pieces =
        IntStream.range(0, sharding.pieces())
            .mapToObj(piece -> spark.broadcast(copy(all, sharding.piece(piece), columns)))
            .toList();
    return new PieceValues(sharding, columns, pieces);
  }

  private static float[] copy(Values all, int[] rows, int columns) {
    float[] copy = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(all.array(rows[i]), all.place(rows[i]), copy, i * columns, columns);
    }
    return copy;
  }

  @Override
  public float[] array(int row) {
    Broadcast<float[]> piece = pieces.get(sharding.pieceOf(row));
    Held last = LAST.get();
    if (last == null || last.of() != piece) {
      last = new Held(piece, piece.value());
      LAST.set(last);
    }
    return last.values();
  }

  @Override
  public int place(int row) {
    return sharding.placeOf(row) * columns;
  }

  /** Lets go of what the calling thread read last. */
  static void forget() {
    LAST.remove();
  }

  /** Lets go of the data. */
  void release() {
    pieces.forEach(Broadcast::destroy);
  }
}
