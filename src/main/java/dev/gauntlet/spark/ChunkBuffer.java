package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Fills {@link Chunk}s. */
final class ChunkBuffer {
  private static final int CHUNK_BYTES = 1 << 20;

  private final List<Slot> slots;
  private final int width;
  private final float[] numbers;
  private final int[] codes;
  private final double[] times;
  private final Map<Object, Integer> places = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final int capacity;
  private int rows;
  private int number;
  private int code;
  private int time;
  private long wordBytes;

  ChunkBuffer(List<Slot> slots) {
    this.slots = slots;
    int numbersPerRow = 0;
    int wordsPerRow = 0;
    int timesPerRow = 0;
    for (Slot slot : slots) {
      switch (slot.encoding()) {
        case NUMBER, ARRAY, VECTOR -> numbersPerRow += slot.width();
        case WORD -> wordsPerRow++;
        case TIME -> timesPerRow++;
      }
    }
    width = 4 * (numbersPerRow + wordsPerRow + 2 * timesPerRow);
    capacity = Math.max(1, CHUNK_BYTES / Math.max(1, width));
    numbers = new float[capacity * numbersPerRow];
    codes = new int[capacity * wordsPerRow];
    times = new double[capacity * timesPerRow];
  }

  boolean full() {
    return rows == capacity || wordBytes > CHUNK_BYTES;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** About as many as the chunk will have. */
  long bytes() {
    return (long) rows * width + wordBytes;
  }

  /**
   * Adds a row.
   *
   * @throws InvalidInputException if an array has another length; there is no going on then
   */
  void add(InternalRow row) {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      switch (slot.encoding()) {
        case NUMBER -> numbers[number++] = row.isNullAt(i) ? Float.NaN : row.getFloat(i);
        case WORD -> codes[code++] = row.isNullAt(i) ? -1 : place(row.get(i, slot.type()), slot);
        case TIME -> times[time++] = row.isNullAt(i) ? Double.NaN : row.getDouble(i);
        case ARRAY, VECTOR -> addAll(slot, row, i);
      }
    }
    rows++;
  }

  private void addAll(Slot slot, InternalRow row, int column) {
    if (row.isNullAt(column)) {
      Arrays.fill(numbers, number, number + slot.width(), Float.NaN);
    } else {
      float[] values = slot.numbers(row, column);
      if (values.length != slot.width()) {
        throw new InvalidInputException(
            "column \""
                + slot.name()
                + "\": "
                + values.length
                + " numbers; the rule: "
                + slot.width()
                + ", as in the first row. Maybe data.drop.");
      }
      System.arraycopy(values, 0, numbers, number, values.length);
    }
    number += slot.width();
  }

  private int place(Object value, Slot slot) {
    Integer known = places.get(value);
    if (known == null) {
      known = words.size();
      String word = Words.of(value, slot.type());
      words.add(word);
      wordBytes += 2L * word.length();
      // Spark's text is a view of a row that changes.
      places.put(value instanceof UTF8String text ? text.copy() : value, known);
    }
    return known;
  }

  /** What there is, and begins anew. */
  Chunk take() {
    var chunk =
        new Chunk(
            rows,
            Arrays.copyOf(numbers, number),
            Arrays.copyOf(codes, code),
            words.toArray(String[]::new),
            Arrays.copyOf(times, time));
    places.clear();
    words.clear();
    rows = 0;
    number = 0;
    code = 0;
    time = 0;
    wordBytes = 0;
    return chunk;
  }
}
