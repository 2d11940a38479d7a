package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An array whose header is read and agrees with the size of its file; its items are read on demand.
 *
 * @param shape at least one dimension, each at least 1, their product at most {@link Values#MAX}
 * @param fortran whether the first dimension is the fastest in the file, not the last
 * @param start where the items begin; they end where the blob does
 */
record StoredArray(Blob blob, int[] shape, boolean fortran, Item item, long start) {
  private static final int CHUNK = 1 << 16;

  /**
   * @param shapeAt where the header says the shape, for errors
   * @throws InvalidInputException if the shape is empty or too large, or needs another number of
   *     bytes than there are from {@code start}
   */
  static StoredArray of(
      Blob blob, long[] shape, long shapeAt, boolean fortran, Item item, long start) {
    long count = count(blob, shape, shapeAt);
    long needed = count * item.size();
    long there = blob.size() - start;
    if (needed != there) {
      String what =
          "%s items of %d bytes need %d bytes, but %d follow"
              .formatted(show(shape), item.size(), needed, there);
      String advice =
          needed > there ? "it is truncated, get it again" : "something else was appended to it";
      throw blob.problemAt(start, what, "the file ends with the last item", advice);
    }
    int[] sides = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new StoredArray(blob, sides, fortran, item, start);
  }

  private static long count(Blob blob, long[] shape, long shapeAt) {
    long count = shape.length == 0 ? 0 : 1;
    for (long side : shape) {
      // The sides before give at most 2^31, so that no product overflows before it is refused.
      count = side < 0 || side > Values.MAX ? Long.MAX_VALUE : count * side;
      if (count == 0 || count > Values.MAX) {
        break;
      }
    }
    if (count == 0 || count > Values.MAX) {
      throw blob.problemAt(
          shapeAt,
          "shape " + show(shape),
          "at least one row and one column, at most " + Values.MAX + " values",
          "the file is damaged or of another format");
    }
    return count;
  }

  int rows() {
    return shape[0];
  }

  /** The product of all dimensions but the first. */
  int columns() {
    return count() / shape[0];
  }

  private int count() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  String showShape() {
    return show(Arrays.stream(shape).asLongStream().toArray());
  }

  private static String show(long[] shape) {
    return shape.length == 0
        ? "()"
        : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }

  /** Writes all items, in C order, to {@code target[offset ..]}. */
  void copy(float[] target, int offset) {
    FortranOrder order = fortran ? new FortranOrder(shape) : null;
    forEachChunk(
        (chunk, first, count) -> {
          for (int i = 0; i < count; i++) {
            float value = item.number(chunk, i * item.size());
            if (Float.isInfinite(value)) {
              throw infinite(chunk, first, i);
            }
            target[offset + (order == null ? first + i : order.next())] = value;
          }
        });
  }

  /** The items as names of classes, in the order of the file. */
  void forEachLabel(Consumer<String> consumer) {
    forEachChunk(
        (chunk, first, count) -> {
          for (int i = 0; i < count; i++) {
            int row = i;
            int at = i * item.size();
            consumer.accept(item.label(chunk, at).orElseThrow(() -> noLabel(chunk, first, row)));
          }
        });
  }

  private interface ChunkReader {
    void read(ByteBuffer chunk, int first, int count);
  }

  private void forEachChunk(ChunkReader reader) {
    int total = count();
    int most = Math.min(total, Math.max(1, CHUNK / item.size()));
    ByteBuffer chunk = ByteBuffer.allocate(most * item.size()).order(item.order());
    try (ByteSource source = blob.open()) {
      source.skip(start);
      int count;
      for (int first = 0; first < total; first += count) {
        count = Math.min(most, total - first);
        source.fill(chunk.array(), count * item.size());
        reader.read(chunk, first, count);
      }
    }
  }

  private InvalidInputException infinite(ByteBuffer chunk, int first, int i) {
    return blob.problemAt(
        start + (long) (first + i) * item.size(),
        "item " + (first + i) + " is " + item.show(chunk, i * item.size()),
        "a number that a float holds, or NaN for a missing one",
        "it is a mark for a missing value or was divided by zero");
  }

  private InvalidInputException noLabel(ByteBuffer chunk, int first, int i) {
    return blob.problemAt(
        start + (long) (first + i) * item.size(),
        "row " + (first + i) + " has " + item.show(chunk, i * item.size()),
        "a label is a whole number or a text that is not empty",
        "this array is not the labels");
  }
}
