package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.TestBytes.cifar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known sets in a folder, as a search reads them. */
class KnownSetReadingTest {
  private static final int ROWS = 4;

  @TempDir Path folder;
  private DataConfig config;

  private Table read(String source, Path path, String... more) {
    String data = "data.source=" + source;
    String yaml = "space: {network: {type: dense}, optimizer: {type: adam}}";
    List<String> overrides = new ArrayList<>(List.of(data, "data.path=\"" + path + "\""));
    overrides.addAll(List.of(more));
    config = ConfigReader.parse(yaml, Path.of("search.yaml"), overrides).data();
    return new FileTableReader().read(config, Task.CLASSIFICATION);
  }

  @Test
  void read_mnist_givesTheOriginal() {
    Path mnist = Path.of("../shared/data/mnist");
    Assumptions.assumeTrue(Files.exists(mnist), "needs ../shared/data/mnist");

    Table table = read("mnist", mnist.toAbsolutePath());

    assertThat(table.rows()).isEqualTo(70_000);
    assertThat(table.testRows()).isEqualTo(10_000);
    assertThat(table.columns()).hasSize(784);
    assertThat(table.labels().names()).hasSize(10);
    assertThat(table.labels().names().get(table.labels().codes()[0])).isEqualTo("5");
    assertThat(table.labels().names().get(table.labels().codes()[60_000])).isEqualTo("7");
  }

  /** A row of Kitsune: feature f of row r is r * 1000 + f, so that no two are alike. */
  private static String row(int row, boolean index) {
    return (index ? row + "," : "")
        + IntStream.range(0, 115)
            .mapToObj(feature -> (row * 1000 + feature) + ".5")
            .collect(Collectors.joining(","));
  }

  private void kitsune(String header, boolean index, String labels) throws IOException {
    String rows =
        IntStream.range(0, ROWS).mapToObj(row -> row(row, index)).collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("Mirai_dataset.csv"), header + rows + "\n");
    Files.writeString(folder.resolve("Mirai_labels.csv"), labels.replace(';', '\n'));
  }

  private static String header(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0;0;1;1",
        "x;0;0;1;1",
        "\"\",\"x\";\"1\",0;\"2\",0;\"3\",1;\"4\",1",
        "0,0;1,0;2,1;3,1"
      })
  void read_kitsuneLabels_areTheLastColumnWithHeaderOrWithout(String labels) throws IOException {
    kitsune("", true, labels);

    Table table = read("kitsune-mirai", folder);

    assertThat(table.rows()).isEqualTo(ROWS);
    assertThat(table.labels().names()).containsExactly("0", "1");
    assertThat(table.labels().codes()).containsExactly(0, 0, 1, 1);
  }

  /** The number of a row tells its class alone; it is in the way of no pattern, and no feature. */
  @ParameterizedTest
  @CsvSource({"none", "places", "pandas"})
  void read_kitsuneWithIndex_leavesItOut(String header) throws IOException {
    String line =
        switch (header) {
          case "places" -> header(116);
          case "pandas" -> "," + header(115);
          default -> "";
        };
    kitsune(line, true, "0;0;1;1");

    Table table = read("kitsune-mirai", folder);

    assertThat(table.columns()).hasSize(115);
    assertThat(table.columns().get(0).name()).isEqualTo("1");
    assertThat(table.rows()).isEqualTo(ROWS);
    assertThat(table.values()[0]).isEqualTo(0.5f);
    assertThat(table.values()[115]).isEqualTo(1000.5f);
  }

  /** As the notebooks do: 24 of 116 columns. */
  @Test
  void read_kitsuneWithoutTheFirst24Columns_has92Features() throws IOException {
    kitsune("", true, "0;0;1;1");

    read("kitsune-mirai", folder, "data.drop=[\"0-23\"]");
    Dataset dataset = Datasets.read(config, Task.CLASSIFICATION, new FileTableReader());

    assertThat(dataset.features()).isEqualTo(92);
    assertThat(dataset.featureNames()).startsWith("24").endsWith("115");
    assertThat(dataset.value(0, 0)).isEqualTo(23.5f);
  }

  @Test
  void read_kitsuneWithoutIndex_hasAllFeatures() throws IOException {
    kitsune("", false, "0;0;1;1");

    assertThat(read("kitsune-mirai", folder).columns())
        .hasSize(115)
        .startsWith(Column.numeric("0"));
  }

  @Test
  void read_kitsuneThatIsSomethingElse_saysHowManyColumnsThereAre() throws IOException {
    kitsune("", true, "0;0;1;1");
    Files.writeString(folder.resolve("Mirai_dataset.csv"), "1,2,3\n");

    assertThatThrownBy(() -> read("kitsune-mirai", folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            folder.toAbsolutePath().normalize()
                + "/Mirai_dataset.csv:1: 3 columns; the rule: 115, or one more for the number of the"
                + " row.");
  }

  @Test
  void read_kitsuneWithALabelTooMany_saysSo() throws IOException {
    kitsune("", true, "0;0;1;1;1");

    assertThatThrownBy(() -> read("kitsune-mirai", folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("5 labels for the 4 rows of");
  }

  @Test
  void read_cifarArchive_isReadAsItsFolder() throws IOException {
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    Files.write(archive, CifarArchiveTest.archive());
    Path batches = Files.createDirectory(folder.resolve("plain"));
    Files.write(batches.resolve("data_batch_1.bin"), cifar(9, 0));
    Files.write(batches.resolve("data_batch_2.bin"), cifar(3));
    Files.write(batches.resolve("test_batch.bin"), cifar(0));

    Table known = read("cifar10", folder);
    Table own =
        new FileTableReader()
            .read(TestData.config("data.path=\"" + archive + "\""), Task.CLASSIFICATION);
    Table plain = read("cifar10", batches);

    for (Table table : List.of(known, own)) {
      assertThat(table.values()).isEqualTo(plain.values());
      assertThat(table.labels().codes()).isEqualTo(plain.labels().codes());
      assertThat(table.testRows()).isEqualTo(plain.testRows()).isEqualTo(1);
    }
  }
}
