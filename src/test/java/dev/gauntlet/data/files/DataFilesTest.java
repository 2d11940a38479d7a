package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.TestData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on this machine; those elsewhere have tests of their own. */
class DataFilesTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void resolve() throws IOException {
    folder = temporary.toRealPath();
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private static DataConfig config(Object path, String... more) {
    String[] all = new String[more.length + 1];
    all[0] = "data.path=\"" + path + "\"";
    System.arraycopy(more, 0, all, 1, more.length);
    return TestData.config(all);
  }

  private DataConfig known(String source) {
    return ConfigReader.parse(
            "data: {source: "
                + source
                + ", path: \""
                + folder
                + "\"}\nspace: {network: {type: dense}, optimizer: {type: adam}}\n",
            Path.of("search.yaml"),
            List.of())
        .data();
  }

  private List<String> names(List<SourceFile> files) {
    return files.stream().map(file -> folder.relativize(file.path()).toString()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b.csv", "C:x.csv", "hdfs:x.csv", "12:30/x.csv", "a b#%20.csv"})
  void of_colonInALocalName_isLocal(String name) throws IOException {
    write(name);

    assertThat(names(DataFiles.of(config(folder.resolve(name))).rows())).containsExactly(name);
  }

  @Test
  void of_driveLetter_isLocal() {
    assertThatThrownBy(() -> DataFiles.of(config("C:/data/x.csv")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("C:/data/x.csv: no such file.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://", "FILE://"})
  void of_localUri_isLocal(String start) throws IOException {
    write("a b.csv");

    DataFiles files = DataFiles.of(config(start + folder.resolve("a b.csv")));

    assertThat(names(files.rows())).containsExactly("a b.csv");
    assertThat(files.rows().get(0).name()).isEqualTo(folder.resolve("a b.csv").toString());
  }

  @Test
  void of_web_saysWhatToDo() {
    assertThatThrownBy(() -> DataFiles.of(config("https://example.org/x.csv")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data.path: https://example.org/x.csv: no file system. Maybe download it and name the"
                + " file.");
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte.gz, mnist",
    "train-images-idx3-ubyte, mnist",
    "train-images.idx3-ubyte, fashion-mnist"
  })
  void of_knownSetInAFolder_takesItsFilesUnderEachOfTheirNames(String images, String source)
      throws IOException {
    write(images, "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte", "t10k-labels.idx1-ubyte");

    DataFiles files = DataFiles.of(known(source));

    assertThat(names(files.rows())).containsExactly(images);
    assertThat(names(files.labels())).containsExactly("train-labels-idx1-ubyte.gz");
    assertThat(names(files.test())).containsExactly("t10k-images-idx3-ubyte");
    assertThat(names(files.testLabels())).containsExactly("t10k-labels.idx1-ubyte");
    assertThat(files.features()).isZero();
  }

  @Test
  void of_knownSetInAFolderThatLacksSome_saysAllOfThem() throws IOException {
    write("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz");

    assertThatThrownBy(() -> DataFiles.of(known("mnist")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data.path: "
                + folder
                + ": no train-images-idx3-ubyte.gz, no t10k-labels-idx1-ubyte.gz; the rule: all"
                + " files of mnist, packed or not. Maybe remove data.path, then they are"
                + " downloaded.");
  }

  @Test
  void of_knownSetInNoFolder_saysWhichFilesItHas() {
    folder = folder.resolve("nowhere");

    assertThatThrownBy(() -> DataFiles.of(known("kitsune-mirai")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data.path: "
                + folder
                + ": no such folder; the rule: one with Mirai_dataset.csv.gz, Mirai_labels.csv.gz.");
  }

  @Test
  void of_kitsuneInAFolder_takesKagglesNamesToo() throws IOException {
    write("Mirai_dataset.csv", "mirai_labels.csv");

    DataFiles files = DataFiles.of(known("kitsune-mirai"));

    assertThat(names(files.rows())).containsExactly("Mirai_dataset.csv");
    assertThat(names(files.labels())).containsExactly("mirai_labels.csv");
    assertThat(files.features()).isEqualTo(115);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cifar-10-batches-bin/"})
  void of_cifarFolder_takesItsBatches(String inner) throws IOException {
    write(inner + "data_batch_2.bin", inner + "data_batch_1.bin", inner + "test_batch.bin");
    write("cifar-10-binary.tar.gz", inner + "batches.meta.txt");

    for (DataConfig config : List.of(known("cifar10"), config(folder, "data.format=cifar10"))) {
      DataFiles files = DataFiles.of(config);
      assertThat(names(files.rows()))
          .containsExactly(inner + "data_batch_1.bin", inner + "data_batch_2.bin");
      assertThat(names(files.test())).containsExactly(inner + "test_batch.bin");
    }
  }

  @Test
  void of_cifarArchive_isTakenFromItsFolderOrByItsName() throws IOException {
    write("cifar-10-binary.tar.gz");

    for (DataConfig config :
        List.of(known("cifar10"), config(folder.resolve("cifar-10-binary.tar.gz")))) {
      DataFiles files = DataFiles.of(config);
      assertThat(names(files.rows())).containsExactly("cifar-10-binary.tar.gz");
      assertThat(files.test()).isEmpty();
    }
  }

  @Test
  void of_cifarGlob_takesTestRowsOutOfIt() throws IOException {
    write("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "test_batch.bin");

    DataFiles all = DataFiles.of(config(folder.resolve("*.bin")));
    DataFiles some = DataFiles.of(config(folder.resolve("data_batch_{1,3}.bin")));
    DataFiles test = DataFiles.of(config(folder.resolve("test_batch.bin")));

    assertThat(all.rows()).hasSize(3);
    assertThat(names(all.test())).containsExactly("test_batch.bin");
    assertThat(names(some.rows())).containsExactly("data_batch_1.bin", "data_batch_3.bin");
    assertThat(names(test.rows())).containsExactly("test_batch.bin");
  }

  @Test
  void of_cifarFolderWithoutBatches_saysWhatIsLookedFor() throws IOException {
    write("cifar-10-python.tar.gz");

    assertThatThrownBy(() -> DataFiles.of(known("cifar10")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data.path: "
                + folder
                + ": no data_batch_1.bin; the rule: CIFAR-10's binary files, a folder"
                + " cifar-10-batches-bin of them, or cifar-10-binary.tar.gz.");
  }

  @Test
  void of_severalKeys_saysWhatIsWrongWithEach() {
    DataConfig config =
        config(folder.resolve("a.csv"), "data.test=\"" + folder.resolve("*.csv") + "\"");

    assertThatThrownBy(() -> DataFiles.of(config))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        one ->
                            assertThat(one).startsWith("data.path: " + folder + "/a.csv: no such"),
                        two -> assertThat(two).endsWith("*.csv: no file matches.")));
  }

  /** Without a path; then from the cache, without the server. */
  @Test
  void find_knownSetWithoutPath_isDownloadedOnce() throws IOException {
    byte[] content = TestSets.content(500);
    var server = new TestServer();
    URI mirror = server.on("/rows.bin", server.whole(content));
    KnownSet set = TestSets.set(TestSets.file(content, mirror));
    var downloader = new Downloader(() -> folder, Retries.STANDARD, TransferListener.SILENT);
    List<String> problems = new ArrayList<>();
    var finder = new Finder(DataFormat.IDX, new Places(TransferListener.SILENT), problems);

    DataFiles first = new KnownSetFinder(finder, downloader).find(set, null);
    server.close();
    DataFiles second = new KnownSetFinder(finder, downloader).find(set, null);

    assertThat(problems).isEmpty();
    assertThat(first).isEqualTo(second);
    assertThat(names(first.rows())).containsExactly("tiny/rows.bin");
    assertThat(first.rows().get(0).path()).hasBinaryContent(content);
    assertThat(first.labels()).isEmpty();
  }

  @Test
  void find_knownSetThatCannotBeHad_saysWhichSet() throws IOException {
    KnownSet set = TestSets.set(TestSets.file(new byte[1], URI.create("http://127.0.0.1:1/a")));
    Path file = Files.createFile(folder.resolve("file"));
    var downloader = new Downloader(() -> file, Retries.STANDARD, TransferListener.SILENT);
    var finder = new Finder(DataFormat.IDX, new Places(TransferListener.SILENT), new ArrayList<>());

    assertThatThrownBy(() -> new KnownSetFinder(finder, downloader).find(set, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("data.source: tiny: the cache folder cannot be written: ")
        .hasMessageEndingWith(". Maybe set GAUNTLET_CACHE to another folder.");
  }
}
