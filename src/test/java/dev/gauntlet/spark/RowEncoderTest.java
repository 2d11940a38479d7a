package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.spark.Slot.Encoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** The task side of reading, without Spark. */
class RowEncoderTest {
  private static final List<Slot> SLOTS =
      List.of(
          new Slot("x", Encoding.NUMBER, DataTypes.FloatType, 1),
          new Slot("w", Encoding.WORD, DataTypes.StringType, 1),
          new Slot("v", Encoding.ARRAY, DataTypes.createArrayType(DataTypes.FloatType), 2),
          new Slot("t", Encoding.TIME, DataTypes.DoubleType, 1));

  private static InternalRow row(Float number, String word, float[] array, Double time) {
    return new GenericInternalRow(
        new Object[] {
          number,
          word == null ? null : UTF8String.fromString(word),
          array == null ? null : new GenericArrayData(array),
          time
        });
  }

  private static CaughtRows rows(int count) {
    return new CaughtRows(
        IntStream.range(0, count)
            .mapToObj(i -> row((float) i, "word" + i % 3, new float[] {i, -i}, (double) i))
            .iterator());
  }

  private static Part encode(CaughtRows rows) {
    return new RowEncoder(SLOTS, 0, Long.MAX_VALUE).apply(rows);
  }

  @Test
  void apply_nulls_areNothing() {
    var input =
        List.of(row(null, null, null, null), row(1f, "w", new float[] {2, Float.NaN}, 3.5))
            .iterator();

    Part part = encode(new CaughtRows(input));

    Chunk chunk = part.chunks().get(0);
    assertThat(part.chunks()).hasSize(1);
    assertThat(chunk.rows()).isEqualTo(2);
    assertThat(chunk.numbers()).containsExactly(Float.NaN, Float.NaN, Float.NaN, 1, 2, Float.NaN);
    assertThat(chunk.codes()).containsExactly(-1, 0);
    assertThat(chunk.words()).containsExactly("w");
    assertThat(chunk.times()).containsExactly(Double.NaN, 3.5);
  }

  /** A partition whose rows are more than may be sent at a time is asked again. */
  @Test
  void apply_limit_goesOnWhereItStopped() {
    int count = 200_000;
    List<Chunk> chunks = new ArrayList<>();
    int calls = 0;
    long from = 0;
    do {
      Part part = new RowEncoder(SLOTS, from, 1).apply(rows(count));
      chunks.addAll(part.chunks());
      from = part.next();
      calls++;
    } while (from != Part.END);

    assertThat(calls).isBetween(4, 10);
    int row = 0;
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.rows(); i++, row++) {
        assertThat(chunk.numbers()[3 * i]).isEqualTo(row);
        assertThat(chunk.numbers()[3 * i + 2]).isEqualTo(-row);
        assertThat(chunk.words()[chunk.codes()[i]]).isEqualTo("word" + row % 3);
        assertThat(chunk.times()[i]).isEqualTo(row);
      }
    }
    assertThat(row).isEqualTo(count);
  }

  @Test
  void apply_arrayOfAnotherLength_keepsTheRowsBefore() {
    var input = List.of(row(1f, "w", new float[2], 0.0), row(2f, "w", new float[3], 0.0));

    Part part = encode(new CaughtRows(input.iterator()));

    assertThat(part.fault())
        .isEqualTo("column \"v\": 3 numbers; the rule: 2, as in the first row. Maybe data.drop.");
    assertThat(part.broken()).isFalse();
    assertThat(part.chunks().get(0).rows()).isEqualTo(1);
  }

  @Test
  void apply_rowsThatCannotBeRead_sayWhy() {
    var input =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  if (i == 1) {
                    throw new IllegalStateException(
                        "outer", new java.io.IOException("[E.X_1] bad page.\n\tat x"));
                  }
                  return row(1f, "w", new float[2], 0.0);
                })
            .iterator();

    Part part = encode(new CaughtRows(input));

    assertThat(part.fault())
        .isEqualTo("bad page. Maybe the file is broken: copy or write it again");
    assertThat(part.broken()).isTrue();
    assertThat(part.chunks().get(0).rows()).isEqualTo(1);
  }

  /** As results come from executors, and as they stay in local mode. */
  @Test
  void handover_anyMode_givesWhatWasGiven() throws Exception {
    Part part = encode(rows(3));
    Handover remote = Handover.of(false);
    Handover local = Handover.of(true);

    var sent = remote.give(0, part);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    Handover.Parcel<Part> received;
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      var parcel = (Handover.Parcel<Part>) in.readObject();
      received = parcel;
    }

    assertThat(remote.take(received).chunks().get(0).numbers())
        .isEqualTo(part.chunks().get(0).numbers());
    var kept = local.give(7, part);
    assertThat(kept.value()).isNull();
    assertThat(local.take(kept)).isSameAs(part);
    assertThat(local.take(kept)).as("taken once").isNull();
  }
}
