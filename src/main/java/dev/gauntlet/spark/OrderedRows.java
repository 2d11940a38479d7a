package dev.gauntlet.spark;

import dev.gauntlet.spark.Handover.Parcel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * Rows in the order of their files by name, and of their places in them. Spark sorts the pieces of
 * files by size; {@link ReadingSession} has it make a partition of each, and they are put in order
 * here. Rows that come from no file stay in the order in which Spark gives them.
 */
final class OrderedRows {
  /** Partitions whose results may wait on the driver. */
  private static final int MAX_AT_ONCE = 4;

  private final String where;
  private final JavaRDD<InternalRow> rows;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A partition.
   *
   * @param file that it is of, for messages; what names the rows if it is of none
   * @param start its first byte in the file
   */
  record Piece(int partition, String file, long start) {}

  OrderedRows(String where, Dataset<Row> rows) {
    this.where = where;
    this.rows = SparkErrors.guard(where, () -> rows.queryExecution().toRdd().toJavaRDD());
    for (Partition partition : SparkErrors.guard(where, () -> this.rows.rdd().partitions())) {
      pieces.add(piece(partition));
    }
    pieces.sort(Comparator.comparing(Piece::file).thenComparingLong(Piece::start));
  }

  private Piece piece(Partition partition) {
    if (!(partition instanceof FilePartition files)) {
      return new Piece(partition.index(), where, partition.index());
    }
    if (files.files().length != 1) {
      throw new IllegalStateException(files.files().length + " pieces of files in a partition");
    }
    PartitionedFile file = files.files()[0];
    return new Piece(partition.index(), SparkFiles.name(file.toPath()), file.start());
  }

  /** In order. */
  List<Piece> pieces() {
    return pieces;
  }

  /** Runs a function on a few partitions at a time, and hands its results on in order. */
  <R> void each(PartitionFunction<R> function, BiConsumer<Piece, R> consumer) {
    int atOnce = Math.min(MAX_AT_ONCE, rows.context().defaultParallelism());
    for (int from = 0; from < pieces.size(); from += atOnce) {
      List<Piece> batch = pieces.subList(from, Math.min(from + atOnce, pieces.size()));
      List<R> results = run(function, batch);
      for (int i = 0; i < batch.size(); i++) {
        consumer.accept(batch.get(i), results.set(i, null));
      }
    }
  }

  /** Runs a function on one partition. */
  <R> R one(PartitionFunction<R> function, Piece piece) {
    return run(function, List.of(piece)).get(0);
  }

  private <R> List<R> run(PartitionFunction<R> function, List<Piece> batch) {
    int[] partitions = batch.stream().mapToInt(Piece::partition).toArray();
    var handover = Handover.of(rows.context().isLocal());
    try {
      List<Parcel<R>>[] parcels =
          SparkErrors.guard(
              where,
              () ->
                  rows.mapPartitionsWithIndex(
                          (index, part) -> {
                            R result = function.apply(new CaughtRows(part));
                            return List.of(handover.give(index, result)).iterator();
                          },
                          true)
                      .collectPartitions(partitions));
      return Arrays.stream(parcels)
          .map(parcel -> handover.take(parcel.get(0)))
          .collect(Collectors.toCollection(ArrayList::new));
    } finally {
      handover.release();
    }
  }

  /** What a fault is to the user. */
  static String unreadable(String file, String fault) {
    return file + ": cannot be read: " + fault + ".";
  }
}
