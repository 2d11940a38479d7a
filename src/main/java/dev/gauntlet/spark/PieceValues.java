package dev.gauntlet.spark;

import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Sharding;
import dev.gauntlet.data.Values;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final ThreadLocal<Held> HELD = ThreadLocal.withInitial(Held::new);

  /** What a thread read last: as many pieces as are no more numbers than one may be. */
  private static final class Held {
    private final Map<Broadcast<float[]>, float[]> arrays = new LinkedHashMap<>(16, 0.75f, true);
    private Broadcast<float[]> last;
    private float[] values;
    private int numbers;

    float[] values(Broadcast<float[]> piece) {
      if (piece != last) {
        values = arrays.get(piece);
        if (values == null) {
          values = piece.value();
          arrays.put(piece, values);
          numbers += values.length;
          shrink();
        }
        last = piece;
      }
      return values;
    }

    private void shrink() {
      Iterator<float[]> oldest = arrays.values().iterator();
      while (numbers > Sharding.PIECE && arrays.size() > 1) {
        numbers -= oldest.next().length;
        oldest.remove();
      }
    }
  }

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
    return HELD.get().values(pieces.get(sharding.pieceOf(row)));
  }

  @Override
  public int place(int row) {
    return sharding.placeOf(row) * columns;
  }

  /** Lets go of what the calling thread read last. */
  static void forget() {
    HELD.remove();
  }

  /** Lets go of the data. */
  void release() {
    pieces.forEach(Broadcast::destroy);
  }
}
