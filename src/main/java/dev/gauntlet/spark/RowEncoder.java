package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Encodes the rows of a partition.
 *
 * @param from the first row that is sent
 * @param limit bytes after which it stops, so that no partition is too large to be sent
 */
record RowEncoder(List<Slot> slots, long from, long limit) implements PartitionFunction<Part> {

  @Override
  public Part apply(CaughtRows input) {
    List<Chunk> chunks = new ArrayList<>();
    var buffer = new ChunkBuffer(slots);
    long sent = 0;
    long place = 0;
    for (InternalRow row = input.next(); row != null; row = input.next()) {
      if (place++ < from) {
        continue;
      }
      try {
        buffer.add(row);
      } catch (InvalidInputException e) {
        chunks.add(buffer.take());
        return new Part(chunks, Part.END, e.getMessage(), false);
      }
      if (buffer.full()) {
        sent += buffer.bytes();
        chunks.add(buffer.take());
        if (sent >= limit) {
          return new Part(chunks, place, null, false);
        }
      }
    }
    if (!buffer.isEmpty()) {
      chunks.add(buffer.take());
    }
    return new Part(chunks, Part.END, input.fault(), input.fault() != null);
  }
}
