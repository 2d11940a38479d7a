package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.ImageFiles.tar;
import static dev.gauntlet.data.format.TestBytes.cifar;
import static dev.gauntlet.data.format.TestBytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CifarArchiveTest {

  /** With the folder, the order and the further files of the original. */
  static byte[] archive() throws IOException {
    return gzip(tar(files()));
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/data_batch_2.bin", cifar(3));
    files.put("cifar-10-batches-bin/batches.meta.txt", new byte[100]);
    files.put("cifar-10-batches-bin/test_batch.bin", cifar(0));
    files.put("cifar-10-batches-bin/readme.html", new byte[88]);
    files.put("cifar-10-batches-bin/data_batch_1.bin", cifar(9, 0));
    return files;
  }

  private static Table read(byte[] file) {
    return CifarReader.readBlobs(List.of(Blob.of("f.tar", file)), List.of());
  }

  @Test
  void read_archive_takesBatchesInTheOrderOfTheirNames() throws IOException {
    for (byte[] archive : List.of(archive(), tar(files()))) {
      Table table = read(archive);

      assertThat(table.labels().names()).containsExactly("truck", "airplane", "cat");
      assertThat(table.labels().codes()).containsExactly(0, 1, 2, 1);
      assertThat(table.testRows()).isEqualTo(1);
      assertThat(table.values()[3 * 3072 - 1]).isEqualTo((3 + 3071) & 0xff);
    }
  }

  @Test
  void read_archiveWithTestRowsElsewhere_leavesItsOwnOut() throws IOException {
    Blob archive = Blob.of("f.tar", archive());

    Table batch = CifarReader.readBlobs(List.of(archive), List.of(Blob.of("t", cifar(5, 6))));
    Table other = CifarReader.readBlobs(List.of(Blob.of("x", cifar(1))), List.of(archive));

    assertThat(batch.rows()).isEqualTo(5);
    assertThat(batch.testRows()).isEqualTo(2);
    assertThat(other.labels().names()).containsExactly("automobile", "airplane");
    assertThat(other.testRows()).isEqualTo(1);
  }

  @Test
  void read_archiveOfSomethingElse_saysSo() throws IOException {
    assertThatThrownBy(() -> read(gzip(tar(Map.of("x/y.bin", cifar(1))))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "f.tar: no data_batch_1.bin in it; the rule: CIFAR-10's batches. Maybe it is not the"
                + " binary version of CIFAR-10.");
  }

  @Test
  void read_damagedBatch_isNamedInItsArchive() throws IOException {
    assertThatThrownBy(() -> read(tar(Map.of("x/data_batch_1.bin", cifar(11)))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("f.tar!/data_batch_1.bin: byte 0: label 11; the rule: 0 to 9.");
  }

  @Test
  void read_archiveThatIsCutOff_isRefused() throws IOException {
    byte[] plain = tar(files());
    byte[] packed = archive();

    for (byte[] archive :
        List.of(
            Arrays.copyOf(plain, 3000),
            Arrays.copyOf(packed, 500),
            gzip(cifar(1)),
            Arrays.copyOf(packed, packed.length - 4))) {
      assertThatThrownBy(() -> read(archive))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("f.tar: the archive cannot be read: ")
          .hasMessageContaining("; the rule: a whole tar archive of CIFAR-10's binary version");
    }
  }
}
