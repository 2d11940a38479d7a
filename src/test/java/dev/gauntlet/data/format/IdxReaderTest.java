package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.bytes;
import static dev.gauntlet.data.format.TestBytes.gzip;
import static dev.gauntlet.data.format.TestBytes.idx;
import static dev.gauntlet.data.format.TestBytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {
  private static final Path MNIST = Path.of("../shared/data/mnist");
  private static final byte[] X = idx(8, new int[] {2, 1, 2}, bytes(0, 1, 254, 255));
  private static final byte[] Y = idx(8, new int[] {2}, bytes(7, 3));

  private static Table read(byte[] features, byte[] labels) {
    return IdxReader.read(Blob.of("x", features), Blob.of("y", labels));
  }

  @Test
  void read_mnist_isSixtyAndTenThousandImages() {
    assumeTrue(Files.isDirectory(MNIST), "no MNIST in " + MNIST + ": not checked against it");

    Table table =
        IdxReader.read(
            MNIST.resolve("train-images-idx3-ubyte.gz"),
            MNIST.resolve("train-labels-idx1-ubyte.gz"),
            MNIST.resolve("t10k-images-idx3-ubyte.gz"),
            MNIST.resolve("t10k-labels-idx1-ubyte.gz"));

    assertThat(table.rows()).isEqualTo(70_000);
    assertThat(table.testRows()).isEqualTo(10_000);
    assertThat(table.columns()).hasSize(784).last().isEqualTo(Column.numeric("pixel783"));
    assertThat(trainCounts(table))
        .hasToString(
            "{0=5923, 1=6742, 2=5958, 3=6131, 4=5842, 5=5421, 6=5918, 7=6265, 8=5851, 9=5949}");
    // The sum of all pixels, computed by NumPy from the same files.
    assertThat(sum(table, 0, 60_000)).isEqualTo(1567298545L);
    assertThat(sum(table, 60_000, 70_000)).isEqualTo(264923200L);
  }

  private static Map<String, Integer> trainCounts(Table table) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int row = 0; row < table.rows() - table.testRows(); row++) {
      counts.merge(table.labels().names().get(table.labels().codes()[row]), 1, Integer::sum);
    }
    return counts;
  }

  private static long sum(Table table, int from, int to) {
    long sum = 0;
    for (int i = from * 784; i < to * 784; i++) {
      sum += (long) table.values()[i];
    }
    return sum;
  }

  @Test
  void read_pair_isTable() {
    Table table = read(X, Y);

    assertThat(table.columns()).containsExactly(Column.numeric("pixel0"), Column.numeric("pixel1"));
    assertThat(table.values()).containsExactly(0, 1, 254, 255);
    assertThat(table.labels().names()).containsExactly("7", "3");
    assertThat(table.labels().codes()).containsExactly(0, 1);
    assertThat(table.testRows()).isZero();
  }

  @Test
  void read_everyType_isBigEndian() {
    assertThat(value(9, bytes(0xfe))).isEqualTo(-2);
    assertThat(value(0x0b, bytes(0xff, 0xfe))).isEqualTo(-2);
    assertThat(value(0x0c, bytes(0, 1, 0, 0))).isEqualTo(65536);
    assertThat(value(0x0d, ByteBuffer.allocate(4).putFloat(1.5f).array())).isEqualTo(1.5f);
    assertThat(value(0x0e, ByteBuffer.allocate(8).putDouble(-2.5).array())).isEqualTo(-2.5f);
  }

  private static float value(int type, byte[] item) {
    return read(idx(type, new int[] {1, 1}, item), idx(8, new int[] {1}, bytes(0))).values()[0];
  }

  @Test
  void read_gzip_isFoundByContentNotByName(@TempDir Path folder) throws IOException {
    Path packed = Files.write(folder.resolve("x.idx"), gzip(X));
    Path plain = Files.write(folder.resolve("y.gz"), Y);

    Table table = IdxReader.read(packed, plain, packed, plain);

    assertThat(table.values()).containsExactly(0, 1, 254, 255, 0, 1, 254, 255);
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 1);
    assertThat(table.testRows()).isEqualTo(2);
  }

  @Test
  void read_truncatedGzip_isRefusedAtAnyLength() {
    byte[] packed = gzip(X);

    for (int length = 2; length < packed.length; length++) {
      byte[] truncated = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> read(truncated, Y))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "x: gzip is broken after byte [0-9]+ of its content: (it ends early|Unexpected"
                  + " end of ZLIB input stream); the rule: a complete gzip"
                  + " file\\. Maybe it is truncated, get it again\\.");
    }
  }

  @Test
  void read_gzipOfAnotherKind_saysThatTheOffsetIsInside() {
    assertThatThrownBy(() -> read(gzip(bytes('x', ',', 'y', '\n')), Y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("x (unpacked): byte 0: magic number 78 2c 79 0a;");
  }

  @Test
  void read_gzipOfZeros_takesNoMemoryForWhatItsHeaderSays() {
    byte[] lies = idx(8, new int[] {60_000, 28, 28}, new byte[1 << 20]);

    assertThatThrownBy(() -> read(gzip(lies), Y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "x (unpacked): byte 16: 60000 x 28 x 28 items of 1 bytes need 47040000 bytes,"
                + " but 1048576 follow;");
  }

  @ParameterizedTest
  @CsvSource({
    "'1,0,8,1', 01 00 08 01",
    "'0,1,8,1', 00 01 08 01",
    "'0,0,10,1', 00 00 0a 01",
    "'0,0,8,0', 00 00 08 00",
    "'0,0,8,128', 00 00 08 80",
  })
  void read_wrongMagic_saysBytesAndRule(String magic, String shown) {
    int[] start = Arrays.stream(magic.split(",")).mapToInt(Integer::parseInt).toArray();

    assertThatThrownBy(() -> read(join(bytes(start), new byte[20]), Y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "x: byte 0: magic number "
                + shown
                + "; the rule: 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and 1 to 127 dimensions."
                + " Maybe it is no IDX file.");
  }

  @Test
  void read_sizeThatDoesNotAgree_saysBoth() {
    assertRefused(
        Arrays.copyOf(X, 19),
        "x: byte 16: 2 x 1 x 2 items of 1 bytes need 4 bytes, but 3 follow; the rule: the file ends"
            + " with the last item. Maybe it is truncated, get it again.");
    assertRefused(
        Arrays.copyOf(X, 21),
        "x: byte 16: 2 x 1 x 2 items of 1 bytes need 4 bytes, but 5 follow; the rule: the file ends"
            + " with the last item. Maybe something else was appended to it.");
    assertRefused(
        Arrays.copyOf(X, 9),
        "x: byte 4: a shape of 12 bytes, but 5 follow; the rule: a complete file."
            + " Maybe it is truncated, get it again.");
    assertRefused(
        new byte[0],
        "x: byte 0: the magic number of 4 bytes, but 0 follow; the rule: a complete file."
            + " Maybe it is truncated, get it again.");
    assertRefused(
        idx(8, new int[] {-1, -1, -1}),
        "x: byte 4: shape 4294967295 x 4294967295 x 4294967295; the rule: at least one row and one"
            + " column, at most 2147483639 values. Maybe the file is damaged or of another"
            + " format.");
    assertRefused(
        idx(8, new int[] {0, 2}),
        "x: byte 4: shape 0 x 2; the rule: at least one row and one column, at most 2147483639"
            + " values. Maybe the file is damaged or of another format.");
  }

  @Test
  void read_filesThatDoNotBelongTogether_namesBoth() {
    byte[] three = idx(8, new int[] {3}, bytes(1, 2, 3));

    assertThatThrownBy(() -> read(X, three))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "y: 3 labels, but x has 2 rows; the rule: one label per row."
                + " Maybe one of them belongs to other data.");
    assertThatThrownBy(() -> read(Y, X))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "y: labels of shape 2 x 1 x 2; the rule: one label per row."
                + " Maybe these are the features, or one-hot labels that need argmax.");
  }

  private static void assertRefused(byte[] features, String message) {
    assertThatThrownBy(() -> read(features, Y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
