package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.format.FileTableReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format from YAML alone. */
class DatasetsTest {
  @TempDir Path folder;

  private static DataConfig config(String data) {
    String yaml = "data: " + data + "\nspace: {network: {type: dense}, optimizer: {type: adam}}\n";
    return ConfigReader.parse(yaml, Path.of("x.yaml"), List.of()).data();
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, TEXT",
    "a.tsv.gz, TEXT",
    "a, TEXT",
    "a.npy, NUMPY",
    "a.NPZ, NUMPY",
    "train-images-idx3-ubyte, IDX",
    "train-images-idx3-ubyte.gz, IDX",
    "data_batch_1.bin, CIFAR10",
    "a.tar.gz, IMAGES",
    "a.tgz, IMAGES",
    "a/part-*.snappy.parquet, PARQUET",
    "hdfs://n/a.ORC, ORC",
    "a.jsonl.gz, JSON",
    "a.libsvm, LIBSVM",
    "cifar-10-binary.tar.gz, CIFAR10"
  })
  void format_auto_goesByTheName(String path, DataFormat format) {
    String labels = format == DataFormat.IDX || path.endsWith(".npy") ? ", labels: l" : "";
    String label = format.named() ? ", label: l" : "";

    assertThat(config("{path: " + path + labels + label + "}").format()).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {label: y} | path: missing; the rule: a file or folder, or a source, or a spark-table.
          {path: a.csv, spark-table: t, label: y} | spark-table: it goes with neither path nor source. Maybe remove it.
          {source: mnist, label: y} | label, labels, test and test-labels: a source names its own. Maybe remove them.
          {path: a.parquet, labels: b} | labels: format parquet has them in the rows. Maybe label with a column.
          {spark-table: t, test: b.parquet, label: y} | test: a path, and the rows are in a table. Maybe remove it: test rows are split off.
          {path: a.csv} | label: missing; the rule: the column to predict, or labels with a file of them.
          {path: a.csv, label: y, delimiter: ab} | delimiter: "ab"; the rule: one character. Maybe "\\t" for a tab.
          {path: a-idx3-ubyte} | labels: missing; the rule: a file of labels for a file of images.
          {path: a.csv, labels: b, test: c} | test: its labels are missing; the rule: the test file is like the first. Maybe add test-labels.
          {path: a.csv, label: y, test: c, test-labels: d} | test: its labels are in it, as in path; the rule: the test file is like the first. Maybe remove test-labels.
          {path: a.csv, label: y, test-labels: d} | test-labels: they need test.
          {path: a.tgz, label: y} | label, labels and test: folders of images name their labels and test rows themselves. Maybe remove them.
          {path: a.csv, label: y, image-size: 2x2} | image-size: it is for format images.
          {path: a.tgz, image-size: big} | image-size: big; the rule: WIDTHxHEIGHT. Maybe 32x32.
          {path: a.npz, drop: [x]} | keep, drop and categorical choose columns by name; format is numpy. Maybe remove them.
          {path: a.npz, header: false} | delimiter and header are for text; format is numpy. Maybe remove them.
          {path: a.npz, split: {group: x}} | group and time name columns; format is numpy. Maybe remove them.
          {path: a.csv, label: y, split: {group: x, time: y}} | group and time: one of them. Maybe remove one.
          """)
  void config_keysThatDoNotGoTogether_areRefused(String data, String message) {
    assertThatThrownBy(() -> config(data)).hasMessageEndingWith(": " + message);
  }

  @Test
  void read_images_takesTheirTestFolder() throws IOException {
    for (String part : List.of("train/a", "train/b", "test/a", "test/b")) {
      Path images = Files.createDirectories(folder.resolve(part));
      for (int i = 0; i < 3; i++) {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(i % 2, i / 2, 0, 40 * i + part.length());
        ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
      }
    }

    Dataset dataset =
        Datasets.read(config("{path: " + folder + "}"), Task.CLASSIFICATION, new FileTableReader());

    assertThat(dataset.rows()).isEqualTo(12);
    assertThat(dataset.testRows()).isEqualTo(6);
    assertThat(dataset.classes()).containsExactly("a", "b");
    assertThat(dataset.featureNames())
        .containsExactly("c0_y0_x0", "c0_y0_x1", "c0_y1_x0", "c0_y1_x1");
    assertThat(dataset.notes()).isEmpty();
  }

  @Test
  void read_mnist_fromItsFourFiles() {
    Path mnist = Path.of("../shared/data/mnist").toAbsolutePath();
    Assumptions.assumeTrue(Files.isDirectory(mnist), "needs ../shared/data/mnist");

    Dataset dataset =
        Datasets.read(
            config(
                ("{path: %1$s/train-images-idx3-ubyte.gz, labels: %1$s/train-labels-idx1-ubyte.gz,"
                        + " test: %1$s/t10k-images-idx3-ubyte.gz,"
                        + " test-labels: %1$s/t10k-labels-idx1-ubyte.gz}")
                    .formatted(mnist)),
            Task.CLASSIFICATION,
            new FileTableReader());

    assertThat(dataset.rows()).isEqualTo(70_000);
    assertThat(dataset.testRows()).isEqualTo(10_000);
    assertThat(dataset.classes()).hasSize(10);
    assertThat(dataset.classCounts(Datasets.rows(0, 60_000))[1]).isEqualTo(6742);
  }
}
