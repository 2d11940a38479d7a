package dev.gauntlet.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gauntlet.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** CIFAR-10 as JPEG: brought to 16x16, as in its own size it takes more than the heap of tests. */
class CifarArchiveIT {
  private static final Path ARCHIVE = Path.of("../shared/data/cifar10-jpeg.tar.gz");

  @Test
  void read_cifar_givesAllRowsAndClasses() {
    assumeTrue(Files.exists(ARCHIVE), () -> "no " + ARCHIVE);

    Table table = ImageFolderReader.read(ARCHIVE, new ImageSize(16, 16));

    assertThat(table.rows()).isEqualTo(60_000);
    assertThat(table.testRows()).isEqualTo(10_000);
    assertThat(table.columns()).hasSize(3 * 16 * 16);
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
    int[] counts = new int[10];
    for (int row = 0; row < 50_000; row++) {
      counts[table.labels().codes()[row]]++;
    }
    assertThat(counts).containsOnly(5_000);
    assertThat(mean(table.values())).isBetween(115.0, 125.0);
  }

  /** Of all channels; the pictures are known to have 125, 123 and 114. */
  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
