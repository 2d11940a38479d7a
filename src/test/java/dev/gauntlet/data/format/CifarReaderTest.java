package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.bytes;
import static dev.gauntlet.data.format.TestBytes.cifar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarReaderTest {

  private static Table read(byte[] file) {
    return CifarReader.readBlobs(List.of(Blob.of("f.bin", file)), List.of());
  }

  @Test
  void read_batchesAndTest_areOneTableInTheirOrder(@TempDir Path folder) throws IOException {
    Path first = Files.write(folder.resolve("1.bin"), cifar(9, 0));
    Path second = Files.write(folder.resolve("2.bin"), cifar(9));
    Path test = Files.write(folder.resolve("test.bin"), cifar(3, 0));

    Table table = CifarReader.read(List.of(first, second), test);

    assertThat(table.rows()).isEqualTo(5);
    assertThat(table.testRows()).isEqualTo(2);
    assertThat(table.columns()).hasSize(3072).last().isEqualTo(Column.numeric("pixel3071"));
    assertThat(table.labels().names()).containsExactly("truck", "airplane", "cat");
    assertThat(table.labels().codes()).containsExactly(0, 1, 0, 2, 1);
    for (int row = 0; row < 5; row++) {
      int label = new int[] {9, 0, 9, 3, 0}[row];
      for (int i = 0; i < 3072; i++) {
        assertThat(table.values()[row * 3072 + i]).isEqualTo((label + i) & 0xff);
      }
    }
  }

  @Test
  void read_withoutTest_hasNoTestRows(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("1.bin"), cifar(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

    Table table = CifarReader.read(List.of(file));

    assertThat(table.testRows()).isZero();
    assertThat(table.labels().names())
        .containsExactly(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 31, 128, 255})
  void read_labelPastNine_saysItsByte(int label) {
    assertThatThrownBy(() -> read(cifar(1, 2, label)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "f.bin: byte 6146: label "
                + label
                + "; the rule: 0 to 9. Maybe it is packed, or not the binary version of CIFAR-10.");
  }

  @Test
  void read_partOfARecord_saysWhereItBegins() {
    String rule =
        "; the rule: one or more whole records."
            + " Maybe it is truncated, or not the binary version of CIFAR-10.";

    assertThatThrownBy(() -> read(Arrays.copyOf(cifar(1, 2), 6145)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.bin: byte 3073: a record of 3073 bytes, but 3072 follow" + rule);
    assertThatThrownBy(() -> read(bytes()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.bin: byte 0: a record of 3073 bytes, but 0 follow" + rule);
  }

  @Test
  void read_noFile_isRefused() {
    assertThatThrownBy(() -> CifarReader.read(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("CIFAR-10: no file; the rule: at least one of training.");
  }
}
