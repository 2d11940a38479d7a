package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.bytes;
import static dev.gauntlet.data.format.TestBytes.floats;
import static dev.gauntlet.data.format.TestBytes.npy;
import static dev.gauntlet.data.format.TestBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {
  private static final Path FOLDER = Path.of("src/test/resources/npy");
  private static final byte[] X = npy("<f4", false, "(2, 1)", floats(1, 2));
  private static final byte[] Y = npy("|u1", false, "(2,)", bytes(7, 8));

  @ParameterizedTest
  @ValueSource(strings = {"stored", "compressed"})
  void read_archiveOfNumpy_choosesTheUsualNames(String name) {
    Table table = NpzReader.read(FOLDER.resolve(name + ".npz"), "", "");

    assertThat(table.rows()).isEqualTo(4);
    assertThat(table.columns()).hasSize(6);
    assertThat(table.values()).startsWith(0, 0.25f).endsWith(5.75f);
    assertThat(table.labels().names()).containsExactly("3", "1", "2");
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 2);
    assertThat(table.testRows()).isZero();
  }

  @Test
  void read_namedPartsInAnyOrder_setsTestRowsApart() {
    Path file = FOLDER.resolve("parts.npz");

    Table table = NpzReader.read(file, "x_train", "y_train", "x_test", "y_test");

    assertThat(table.rows()).isEqualTo(5);
    assertThat(table.testRows()).isEqualTo(1);
    assertThat(table.values()).hasSize(30).endsWith(23, 0, 1, 2, 3, 4, 5);
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 2, 0);
  }

  @Test
  void read_severalUsualNames_prefersTheFirstOfTheList() {
    byte[] other = npy("|u1", false, "(2,)", bytes(1, 1));
    byte[] file = zip(true, "arr_1.npy", other, "arr_0.npy", other, "label.npy", Y, "X.npy", X);

    Table table = NpzReader.read(Blob.of("f.npz", file), "", "");

    assertThat(table.values()).containsExactly(1, 2);
    assertThat(table.labels().names()).containsExactly("7", "8");
  }

  @Test
  void read_missingMember_listsWhatThereIs() {
    byte[] file = zip(true, "inputs.npy", X, "classes.npy", Y, "readme.txt", X);

    assertRefused(
        file,
        "",
        "f.npz: no array x or X or data or features or arr_0 for the features, it has: inputs,"
            + " classes; the rule: an array of the archive. Maybe one of: inputs, classes.");
    assertRefused(
        file,
        "input",
        "f.npz: no array input for the features, it has: inputs, classes; the rule: an array of"
            + " the archive. Maybe \"inputs\".");
    assertRefused(
        zip(true, "readme.txt", X),
        "x",
        "f.npz: no array x for the features, it has: none; the rule: an array of the archive.");
  }

  @Test
  void read_notAnArchive_isSaid() {
    String message =
        "f.npz: byte 0: not PK; the rule: an .npz file is a zip archive."
            + " Maybe it is an .npy file or has another format.";

    assertRefused(X, "x", message);
    assertRefused(new byte[0], "x", message);
  }

  @Test
  void read_truncatedArchive_saysAfterWhichMember() {
    byte[] file = zip(false, "x.npy", X, "y.npy", Y);

    assertRefused(
        Arrays.copyOf(file, 2 * X.length + 20),
        "x",
        "f.npz: the zip archive is broken after member 1: unexpected EOF; the rule: a complete zip"
            + " archive. Maybe it is truncated, get it again.");
  }

  @Test
  void read_changedByte_failsItsChecksum() {
    byte[] file = zip(false, "x.npy", X, "y.npy", Y);
    file[30 + 5 + X.length - 1] ^= 1;

    assertThatThrownBy(() -> NpzReader.read(Blob.of("f.npz", file), "", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("f.npz: the zip archive is broken after member 0: invalid entry");
  }

  @Test
  void read_brokenMember_namesItAndItsByte() {
    byte[] file = zip(true, "x.npy", Arrays.copyOf(X, X.length - 1), "y.npy", Y);

    assertRefused(
        file,
        "",
        "f.npz: x.npy: byte 70: 2 x 1 items of 4 bytes need 8 bytes, but 7 follow; the rule: the"
            + " file ends with the last item. Maybe it is truncated, get it again.");
  }

  @Test
  void read_memberNameThatIsNotUtf8_isRefused() {
    byte[] file = zip(true, "\u00fc.npy", X);
    // The first byte of the name, which the first entry has at 30.
    assertThat(new String(file, 30, 2, StandardCharsets.UTF_8)).isEqualTo("\u00fc");
    file[30] = (byte) 0xff;

    assertThatThrownBy(() -> NpzReader.read(Blob.of("f.npz", file), "", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("f.npz: the zip archive is broken after member 0: ");
  }

  private static void assertRefused(byte[] file, String features, String message) {
    assertThatThrownBy(() -> NpzReader.read(Blob.of("f.npz", file), features, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
