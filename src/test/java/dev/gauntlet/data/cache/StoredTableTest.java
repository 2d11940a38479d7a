package dev.gauntlet.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import dev.gauntlet.data.format.NpyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTableTest {
  @TempDir Path folder;
  private StoredTable stored;

  @BeforeEach
  void place() {
    stored = new StoredTable(folder);
  }

  /** One tile and more, in each direction. */
  @ParameterizedTest
  @CsvSource({"1, 1", "4080, 16", "4081, 17", "9000, 40", "3, 100"})
  void read_whatWasWritten_isEqual(int rows, int columns) throws IOException {
    Table table = table(rows, columns);

    stored.write(table, Map.of());

    TableCacheTest.assertEqual(stored.read(stored.verified()), table);
  }

  @Test
  void read_unusualValues_areEqualBitForBit() throws IOException {
    float[] values = {-0f, Float.NaN, Float.MIN_VALUE, -Float.MAX_VALUE, 1e-42f, 0.1f};
    Table table = new Table(columns(2), values, new Numbers(new float[] {1, -0f, 3e38f}), 2);

    stored.write(table, Map.of());

    Table read = stored.read(stored.verified());
    assertThat(bits(read.values())).isEqualTo(bits(values));
    assertThat(bits(((Numbers) read.target()).values()))
        .isEqualTo(bits(((Numbers) table.target()).values()));
  }

  /** A float would round the second of these to a multiple of 128. */
  @Test
  void read_epochSeconds_areEqual() throws IOException {
    double[] times = {1_700_000_000, 1_700_000_001.25};
    Table table = new Table(columns(1), new float[2], new Numbers(new float[2]), 0, null, times, 0);

    stored.write(table, Map.of());

    assertThat(stored.read(stored.verified()).times()).containsExactly(times);
  }

  /** NumPy's own reader was tried by hand; this one is ours, but shares nothing with the writer. */
  @Test
  void write_arrays_areWhatNumpySaves() throws IOException {
    Table table = table(4081, 17);

    stored.write(table, Map.of());

    Table read = NpyReader.read(folder.resolve("values.npy"), folder.resolve("target.npy"));
    assertThat(read.values()).isEqualTo(table.values());
    assertThat(Arrays.stream(read.labels().codes()).mapToObj(read.labels().names()::get))
        .containsExactlyElementsOf(
            Arrays.stream(table.labels().codes()).mapToObj(Integer::toString).toList());
  }

  @Test
  void verified_anotherShapeInTheManifest_isRefusedWhenRead() throws IOException {
    stored.write(table(10, 2), Map.of());
    var manifest = stored.verified();
    var wrong =
        new StoredTable.Manifest(
            Map.of(), 2, columns(10), manifest.labels(), 0, 0, false, false, false);

    assertThatThrownBy(() -> stored.read(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("values.npy");
  }

  private static Table table(int rows, int columns) {
    Random random = new Seed(1).random();
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    int[] codes = IntStream.range(0, rows).map(row -> row % 3).toArray();
    return new Table(
        columns(columns), values, new Labels(codes, List.of("b", "a", "c")), Math.min(2, rows));
  }

  private static List<Column> columns(int count) {
    return IntStream.range(0, count).mapToObj(i -> Column.numeric("x" + i)).toList();
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToIntBits(values[i])).toArray();
  }
}
