package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.bytes;
import static dev.gauntlet.data.format.TestBytes.doubles;
import static dev.gauntlet.data.format.TestBytes.floats;
import static dev.gauntlet.data.format.TestBytes.join;
import static dev.gauntlet.data.format.TestBytes.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by NumPy 1.24: 4 x 3 x 2 values, 0 to 23, divided by 4 if floats. */
class NpyReaderTest {
  private static final Path FOLDER = Path.of("src/test/resources/npy");
  private static final byte[] FOUR = npy("<f4", false, "(4, 1)", floats(1, 2, 3, 4));

  private static Path file(String name) {
    return FOLDER.resolve(name + ".npy");
  }

  private static Matrix matrix(String name) {
    return NpyReader.matrix(Blob.of(file(name)));
  }

  private static List<String> labels(String name) {
    Table table = NpyReader.read(file("c_f4"), file(name));
    return java.util.Arrays.stream(table.labels().codes())
        .mapToObj(table.labels().names()::get)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c_f4", "fortran_f8", "version2", "version3"})
  void matrix_anyOrderAndVersion_isRowAfterRow(String name) {
    Matrix matrix = matrix(name);

    assertThat(matrix.shape()).containsExactly(4, 3, 2);
    assertThat(matrix.rows()).isEqualTo(4);
    assertThat(matrix.columns()).isEqualTo(6);
    for (int i = 0; i < 24; i++) {
      assertThat(matrix.values()[i]).isEqualTo(i / 4f);
    }
  }

  @Test
  void matrix_bigEndianSigned_isUnderstood() {
    float[] values = matrix("big_endian_i2").values();

    for (int i = 0; i < 24; i++) {
      assertThat(values[i]).isEqualTo(i - 12);
    }
  }

  @Test
  void matrix_truthValues_areOneAndZero() {
    assertThat(matrix("bool").values()).startsWith(1, 0, 0, 1, 0, 0, 1);
  }

  @Test
  void matrix_unsignedPastLong_isNearestFloatAsNumpyRounds() {
    // The last is just past the middle between two floats: its lowest bit decides.
    assertThat(matrix("u8").values())
        .containsExactly(0, 0x1p63f, 0x1p64f, Float.intBitsToFloat(1593835521));
  }

  @ParameterizedTest
  @CsvSource({
    "|u1, 0, 255", "|i1, 0, -1", "<u2, 255, 65535", "<i2, 255, -1", ">u2, 255, 65535",
    "<u4, 255, 4294967295", "<i4, 255, -1", "=i4, 255, -1", "<i8, 255, -1", "i8, 255, -1",
  })
  void matrix_allBitsSet_isMaximumOrMinusOne(String type, int rest, float expected) {
    int size = type.charAt(type.length() - 1) - '0';
    byte[] items = new byte[size];
    java.util.Arrays.fill(items, (byte) rest);
    items[0] = (byte) 0xff;

    byte[] file = npy(type, false, "(1L,)", items);

    assertThat(NpyReader.matrix(Blob.of("f", file)).values()).containsExactly(expected);
  }

  @Test
  void matrix_largerThanOneChunk_keepsItsOrder() {
    int rows = 300;
    int columns = 500;
    byte[] items = new byte[2 * rows * columns];
    for (int i = 0; i < rows * columns; i++) {
      items[2 * i] = (byte) i;
      items[2 * i + 1] = (byte) (i >> 8);
    }

    float[] c = NpyReader.matrix(Blob.of("c", npy("<u2", false, "(300, 500)", items))).values();
    float[] f = NpyReader.matrix(Blob.of("f", npy("<u2", true, "(300, 500)", items))).values();

    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        assertThat(c[row * columns + column]).isEqualTo((row * columns + column) & 0xffff);
        assertThat(f[row * columns + column]).isEqualTo((column * rows + row) & 0xffff);
      }
    }
  }

  @Test
  void matrix_notANumber_staysAsMissing() {
    byte[] file = npy("<f4", false, "(1, 2)", floats(Float.NaN, 1));

    assertThat(NpyReader.matrix(Blob.of("f", file)).values()).containsExactly(Float.NaN, 1);
  }

  @Test
  void read_pair_isTableWithLabelsInOrderOfFirstRow() {
    Table table = NpyReader.read(file("c_f4"), file("labels_i8"));

    assertThat(table.columns()).hasSize(6).first().isEqualTo(Column.numeric("x0"));
    assertThat(table.values()).hasSize(24).endsWith(5.75f);
    assertThat(table.labels().names()).containsExactly("3", "1", "2");
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 2);
    assertThat(table.testRows()).isZero();
  }

  @Test
  void read_withTest_appendsItsRowsAndNumbersLabelsTogether() {
    Path x = file("c_f4");

    Table table = NpyReader.read(x, file("labels_i8"), file("fortran_f8"), file("labels_bytes"));

    assertThat(table.rows()).isEqualTo(8);
    assertThat(table.testRows()).isEqualTo(4);
    assertThat(table.values()).hasSize(48).endsWith(5.75f);
    assertThat(table.labels().names()).containsExactly("3", "1", "2", "cat", "dog", "ox");
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 2, 3, 4, 3, 5);
  }

  @Test
  void read_labelsOfAnyType_areText() {
    assertThat(labels("labels_i8")).containsExactly("3", "1", "3", "2");
    assertThat(labels("labels_column_f8")).containsExactly("3", "1", "3", "2");
    assertThat(labels("labels_bool")).containsExactly("true", "false", "true", "true");
    assertThat(labels("labels_bytes")).containsExactly("cat", "dog", "cat", "ox");
    assertThat(labels("u8"))
        .containsExactly("0", "9223372036854775808", "18446744073709551615", "9223372586610589697");
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels_unicode", "labels_unicode_big_endian"})
  void read_unicodeLabels_haveNoPadding(String name) {
    assertThat(labels(name)).containsExactly("Z\u00fcrich", "\ud834\udd1e", "Z\u00fcrich", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          objects ~ byte 20: dtype '|O' holds Python objects; the rule: numbers. Maybe save it with allow_pickle=False as float32, or text labels with astype(str).
          half ~ byte 20: dtype '<f2'; the rule: b1, i1, i2, i4, i8, u1, u2, u4, u8, f4 or f8, or U or S for labels. Maybe save it as float32.
          complex ~ byte 20: dtype '<c8'; the rule: b1, i1, i2, i4, i8, u1, u2, u4, u8, f4 or f8, or U or S for labels. Maybe save it as float32.
          dates ~ byte 20: dtype '<M8[D]'; the rule: b1, i1, i2, i4, i8, u1, u2, u4, u8, f4 or f8, or U or S for labels. Maybe save it as float32.
          records ~ byte 20: dtype [...] holds records; the rule: numbers. Maybe save its fields as columns of one float32.
          scalar ~ byte 60: shape (); the rule: at least one row and one column, at most 2147483639 values. Maybe the file is damaged or of another format.
          empty ~ byte 60: shape 0 x 3; the rule: at least one row and one column, at most 2147483639 values. Maybe the file is damaged or of another format.
          labels_bytes ~ text; the rule: numbers. Maybe these are the labels.
          """)
  void matrix_unusableArray_saysTypeAndPlace(String name, String message) {
    assertThatThrownBy(() -> matrix(name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file(name) + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | byte 10: "";
          `()` | byte 10: "()";
          `{}` | byte 11: "}";
          `{'descr': '<f4', 'shape': (1,)}` | byte 40: "}";
          `{'descr': '<f4', 'fortran_order': False, 'shape': (1,)` | byte 64: "";
          `{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x` | byte 64: "} x";
          `{'descr': '<f4', 'fortran_order': False, 'size': (1,)}` | byte 50: "'size': (1,)}";
          `{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,)}` | byte 44: fortran_order 'no';
          `{'descr': '<f4', 'fortran_order': False, 'shape': True}` | byte 60: shape True;
          `{'descr': '<f4', 'fortran_order': False, 'shape': (1,-2)}` | byte 60: shape (1,-2);
          `{'descr': '<f4', 'fortran_order': False, 'shape': (1,,2)}` | byte 60: shape (1,,2);
          `{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)}` | byte 60: shape (9999999999999999999,);
          """)
  void matrix_wrongHeader_saysPlaceAndExample(String header, String message) {
    assertThatThrownBy(() -> NpyReader.matrix(Blob.of("f.npy", npy(header, floats(1)))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "f.npy: "
                + message
                + " the rule: a header such as {'descr': '<f4', 'fortran_order': False,"
                + " 'shape': (rows, columns), }. Maybe it is damaged.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <f4 | (2,) | byte 68: 2 items of 4 bytes need 8 bytes, but 4 follow; the rule: the file ends with the last item. Maybe it is truncated, get it again.
          <i2 | (1,) | byte 68: 1 items of 2 bytes need 2 bytes, but 4 follow; the rule: the file ends with the last item. Maybe something else was appended to it.
          <f8 | (50000, 40000) | byte 78: 50000 x 40000 items of 8 bytes need 16000000000 bytes, but 4 follow; the rule: the file ends with the last item. Maybe it is truncated, get it again.
          <f4 | (50000, 50000) | byte 60: shape 50000 x 50000; the rule: at least one row and one column, at most 2147483639 values. Maybe the file is damaged or of another format.
          <f4 | (4294967296, 4294967296) | byte 60: shape 4294967296 x 4294967296; the rule: at least one row and one column, at most 2147483639 values. Maybe the file is damaged or of another format.
          <U0 | (9,) | byte 20: dtype '<U0' of 0 characters; the rule: 1 to 10000. Maybe these are no labels.
          <U536870912 | (1,) | byte 20: dtype '<U536870912' of 536870912 characters; the rule: 1 to 10000. Maybe these are no labels.
          """)
  void matrix_sizeThatDoesNotAgree_isRefusedBeforeMemoryIsTaken(
      String type, String shape, String message) {
    byte[] file = npy(type, false, shape, floats(1));

    assertThatThrownBy(() -> NpyReader.matrix(Blob.of("f.npy", file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.npy: " + message);
  }

  @Test
  void matrix_wrongStart_saysBytesAndRule() {
    assertStart(
        bytes('P', 'K', 3, 4, 0, 0),
        "byte 0: 50 4b 03 04 00 00; the rule: 93 4e 55 4d 50 59, the mark of a .npy file."
            + " Maybe it is an .npz file.");
    assertStart(
        bytes('x', ',', 'y', '\n', '1', ','),
        "byte 0: 78 2c 79 0a 31 2c; the rule: 93 4e 55 4d 50 59, the mark of a .npy file."
            + " Maybe it has another format.");
    assertStart(
        bytes(0x93, 'N'),
        "byte 0: the mark of a .npy file of 6 bytes, but 2 follow; the rule: a complete file."
            + " Maybe it is truncated, get it again.");
    assertStart(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 4, 0),
        "byte 6: version 4.0; the rule: 1.0, 2.0 or 3.0. Maybe the file is damaged, or NumPy's"
            + " newest format is not known here yet.");
    assertStart(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0, '{'),
        "byte 10: a header of 118 bytes, but 1 follow; the rule: a complete file."
            + " Maybe it is truncated, get it again.");
    assertStart(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 255, 255, 255, 255),
        "byte 8: a header of 4294967295 bytes; the rule: at most 65535. Maybe it is damaged.");
  }

  private static void assertStart(byte[] file, String message) {
    assertThatThrownBy(() -> NpyReader.matrix(Blob.of("f.npy", file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.npy: " + message);
  }

  @Test
  void matrix_numberNoFloatHolds_saysItsByteAndValue() {
    byte[] file = npy("<f8", false, "(3,)", doubles(1, 1e300, 2));

    assertStart(
        file,
        "byte 76: item 1 is 1.0E300; the rule: a number that a float holds, or NaN for a missing"
            + " one. Maybe it is a mark for a missing value or was divided by zero.");
  }

  @Test
  void read_notALabel_saysItsByteAndRow() {
    String rule =
        "; the rule: a label is a whole number or a text that is not empty."
            + " Maybe this array is not the labels.";

    assertPair(
        npy("<f4", false, "(4,)", floats(1, 2, 2.5f, 1)), "y.npy: byte 76: row 2 has 2.5" + rule);
    assertPair(
        npy("|S2", false, "(4,)", bytes('a', 0, 0, 0, 'c', 'd', 'e', 0)),
        "y.npy: byte 70: row 1 has text 00 00" + rule);
    assertPair(
        npy("|S1", false, "(4,)", bytes('a', 'b', 'c', 0xff)),
        "y.npy: byte 71: row 3 has text ff" + rule);
    assertPair(
        npy("<U1", false, "(4,)", join(bytes('a', 0, 0, 0, 0, 0xd8, 0, 0), new byte[8])),
        "y.npy: byte 72: row 1 has text 00 d8 00 00" + rule);
    assertPair(
        npy("<U1", false, "(4,)", join(bytes('a', 0, 0, 0), new byte[12])),
        "y.npy: byte 72: row 1 has text 00 00 00 00" + rule);
  }

  @Test
  void read_shapesThatDoNotFit_namesBothFiles() {
    assertPair(
        npy("|u1", false, "(2, 2)", new byte[4]),
        "y.npy: labels of shape 2 x 2; the rule: one label per row. Maybe these are the features,"
            + " or one-hot labels that need argmax.");
    assertPair(
        npy("|u1", false, "(3,)", new byte[3]),
        "y.npy: 3 labels, but x.npy has 4 rows; the rule: one label per row. Maybe one of them"
            + " belongs to other data.");
    byte[] text = npy("|S1", false, "(1,)", bytes('a'));
    assertThatThrownBy(() -> NpyReader.read(Blob.of("x.npy", text), Blob.of("y.npy", text)))
        .hasMessage("x.npy: text; the rule: features are numbers. Maybe these are the labels.");
    assertThatThrownBy(
            () -> NpyReader.read(file("c_f4"), file("labels_i8"), file("u8"), file("labels_i8")))
        .hasMessage(
            file("u8")
                + ": 1 columns, but "
                + file("c_f4")
                + " has 6; the rule: the same columns in both. Maybe one of them belongs to other"
                + " data.");
  }

  @Test
  void read_aMillionAndOneColumns_isRefused() {
    byte[] wide = npy("|u1", false, "(1, 1000001)", new byte[1_000_001]);
    byte[] label = npy("|u1", false, "(1,)", new byte[1]);

    assertThatThrownBy(() -> NpyReader.read(Blob.of("x.npy", wide), Blob.of("y.npy", label)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "x.npy: shape 1 x 1000001 has 1000001 columns; the rule: at most 1000000."
                + " Maybe the array is transposed.");
  }

  private static void assertPair(byte[] labels, String message) {
    assertThatThrownBy(() -> NpyReader.read(Blob.of("x.npy", FOUR), Blob.of("y.npy", labels)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void read_missingFileOrFolder_isSaid(@TempDir Path folder) {
    Path missing = folder.resolve("x.npy");

    assertThatThrownBy(() -> NpyReader.read(missing, missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(missing + ": cannot be read: no such file.");
    assertThatThrownBy(() -> NpyReader.read(folder, missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": a folder; the rule: a file. Maybe name a file in it.");
  }

  @Test
  void read_fileThatShrinksMeanwhile_isSaid() {
    byte[] file = npy("<f4", false, "(4,)", floats(1, 2, 3, 4));
    byte[] shorter = java.util.Arrays.copyOf(file, file.length - 5);
    Blob blob = new Blob("f.npy", Blob.of("", shorter).opening(), file.length);

    assertThatThrownBy(() -> NpyReader.matrix(blob))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("f.npy: byte 79: the end, before the 84 bytes there were;");
  }

  @Test
  void allocate_moreThanTheHeap_saysHowMuchThereIs() {
    Blob blob = Blob.of("f.npy", new byte[0]);

    assertThatThrownBy(() -> Values.allocate(blob, 1L << 31, float[]::new))
        .hasMessage(
            "f.npy: 2147483648 values in all; the rule: at most 2147483639. Maybe a part of the"
                + " rows is enough.");
    assertThatThrownBy(() -> Values.allocate(blob, 5, n -> new float[n][Values.MAX]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "f.npy: 5 values do not fit into memory; the rule: 4 bytes for each, [0-9]+ MiB for"
                + " all\\. Maybe a larger -Xmx helps, or fewer rows\\.");
  }
}
