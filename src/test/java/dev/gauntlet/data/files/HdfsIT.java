package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataConfig.Source;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.format.FileTableReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in an HDFS. */
@Timeout(120)
class HdfsIT {
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @TempDir java.nio.file.Path cache;
  private final List<String> copied = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start(@TempDir java.nio.file.Path folder) throws IOException {
    Configuration configuration = new Configuration();
    // They need a class of log4j 1.
    configuration.setInt("dfs.namenode.metrics.logger.period.seconds", 0);
    configuration.setInt("dfs.datanode.metrics.logger.period.seconds", 0);
    cluster = new MiniDFSCluster.Builder(configuration, folder.toFile()).numDataNodes(1).build();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @BeforeEach
  void clear() throws IOException {
    for (var status : hdfs.listStatus(new Path("/"))) {
      hdfs.delete(status.getPath(), true);
    }
  }

  private static String uri(String path) {
    return hdfs.getUri() + path;
  }

  private static void write(String path, String content) throws IOException {
    try (OutputStream out = hdfs.create(new Path(path))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static DataConfig config(String path, String... more) {
    boolean labelled = List.of(more).stream().noneMatch(key -> key.matches(".*(images|mnist)"));
    List<String> all = new ArrayList<>(List.of("data.path=\"" + uri(path) + "\""));
    all.addAll(labelled ? List.of("data.label=y") : List.of());
    all.addAll(List.of(more));
    String space = "space: {network: {type: dense}, optimizer: {type: adam}}";
    return ConfigReader.parse(space, java.nio.file.Path.of("search.yaml"), all).data();
  }

  private DataFiles files(String path, String... more) {
    TransferListener listener = new Copies(copied);
    return DataFiles.of(
        config(path, more),
        new Places(new HadoopSettings(), new Staging(() -> cache, listener)),
        new Downloader(listener));
  }

  /** Hears of the end of each copy. */
  private record Copies(List<String> copied) implements TransferListener {
    @Override
    public void begins(String set, String terms) {}

    @Override
    public void moves(String file, long bytes, long total) {
      if (bytes == total) {
        copied.add(file);
      }
    }

    @Override
    public void waits(String file) {}
  }

  private long staged() throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile).filter(path -> !path.endsWith("lock")).count();
    }
  }

  @Test
  void of_file_isCopiedOnceAndNamedByItsUri() throws IOException {
    write("/data/a b.csv", "x,y\n1,2\n");

    SourceFile first = files("/data/a b.csv").rows().get(0);
    SourceFile second = files("/data/a b.csv").rows().get(0);

    assertThat(first).isEqualTo(second).hasToString(uri("/data/a b.csv"));
    assertThat(first.path()).startsWith(cache).hasFileName("a b.csv").hasContent("x,y\n1,2\n");
    assertThat(copied).containsExactly(uri("/data/a b.csv"));
  }

  @Test
  void of_fileThatChanged_isCopiedAgainAndTheOldCopyGoes() throws IOException {
    write("/a.csv", "old");
    SourceFile old = files("/a.csv").rows().get(0);
    write("/a.csv", "newer");

    SourceFile changed = files("/a.csv").rows().get(0);
    hdfs.setTimes(new Path("/a.csv"), 1_000, -1);
    SourceFile touched = files("/a.csv").rows().get(0);

    assertThat(old.path()).doesNotExist();
    assertThat(changed.path()).doesNotExist();
    assertThat(touched.path()).hasContent("newer");
    assertThat(staged()).isEqualTo(1);
  }

  @Test
  void of_globAndFolder_areSortedAndWithoutMarks() throws IOException {
    write("/data/part-2.csv", "2");
    write("/data/part-1.csv", "1");
    write("/data/_SUCCESS", "");
    write("/data/deeper/part-3.csv", "3");
    List<String> parts = List.of(uri("/data/part-1.csv"), uri("/data/part-2.csv"));

    assertThat(files("/data").rows()).extracting(SourceFile::name).isEqualTo(parts);
    assertThat(files("/data/part-*.csv").rows()).extracting(SourceFile::name).isEqualTo(parts);
    assertThat(files("/da*/part-{1,2}.csv").rows()).extracting(SourceFile::name).isEqualTo(parts);
    assertThat(copied).hasSize(2);
  }

  @Test
  void of_everyKey_mayBeAUri() throws IOException {
    for (String name : List.of("x", "y", "tx", "ty")) {
      write("/" + name + ".npy", name);
    }

    DataFiles files =
        files(
            "/x.npy",
            "data.labels=" + uri("/y.npy"),
            "data.test=" + uri("/tx.npy"),
            "data.test-labels=" + uri("/ty.npy"));

    assertThat(Stream.of(files.rows(), files.labels(), files.test(), files.testLabels()))
        .allSatisfy(
            found ->
                assertThat(found.get(0).path())
                    .hasContent(found.get(0).name().replaceAll(".*/|\\.npy", "")));
  }

  @Test
  void of_cifarFolder_findsBatches() throws IOException {
    write("/c/cifar-10-batches-bin/data_batch_1.bin", "1");
    write("/c/cifar-10-batches-bin/test_batch.bin", "t");

    DataFiles files = files("/c", "data.format=cifar10");

    assertThat(files.rows()).hasSize(1);
    assertThat(files.test()).singleElement().asString().endsWith("test_batch.bin");
  }

  @Test
  void of_imageFolder_isCopiedWithAllBelowIt() throws IOException {
    write("/images/train/cat/1.png", "one");
    write("/images/test/dog/2.png", "two");
    write("/images/.hidden/3.png", "three");
    hdfs.mkdirs(new Path("/images/train/empty"));

    SourceFile folder = files("/images", "data.format=images").rows().get(0);
    SourceFile again = files("/images", "data.format=images").rows().get(0);
    write("/images/train/cat/4.png", "four");
    SourceFile more = files("/images", "data.format=images").rows().get(0);

    assertThat(folder).isEqualTo(again).hasToString(uri("/images"));
    assertThat(folder.path()).doesNotExist();
    assertThat(more.path().resolve("train/cat/1.png")).hasContent("one");
    assertThat(more.path().resolve("test/dog/2.png")).hasContent("two");
    assertThat(staged()).isEqualTo(3);
  }

  @Test
  void of_knownSet_isFoundInAFolder() throws IOException {
    for (KnownFile file : KnownSets.of(Source.MNIST).files()) {
      write("/mnist/" + file.name(), file.name());
    }

    DataFiles files = files("/mnist", "data.source=mnist");

    assertThat(files.testLabels())
        .singleElement()
        .hasToString(uri("/mnist/t10k-labels-idx1-ubyte.gz"));
  }

  /** By way of the reader, and so of the cache folder of the build. */
  @ParameterizedTest
  @CsvSource({"x.csv, :1: ", "x.npz, : byte 0: not PK", "x.bin, : byte 0: a record"})
  void read_damagedFile_isNamedByItsUri(String name, String message) throws IOException {
    write("/" + name, "1,2,3\n");

    assertThatThrownBy(() -> new FileTableReader().read(config("/" + name), Task.CLASSIFICATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(uri("/" + name) + message);
  }

  @Test
  void of_missingFile_isSaidWithItsNeighbours() throws IOException {
    write("/data/train.csv", "1");

    assertThatThrownBy(() -> files("/data/trian.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "data.path: " + uri("/data/trian.csv") + ": no such file. Maybe \"train.csv\".");
    assertThatThrownBy(() -> files("/nowhere/*.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("data.path: " + uri("/nowhere/*.csv") + ": no file matches.");
  }

  @Test
  void of_fileOfAnother_saysWhoMayNot() throws Exception {
    write("/secret/a.csv", "1");
    hdfs.setPermission(new Path("/secret"), new FsPermission("700"));
    var guest = UserGroupInformation.createUserForTesting("guest", new String[] {"guests"});

    assertThatThrownBy(
            () -> guest.doAs((PrivilegedExceptionAction<DataFiles>) () -> files("/secret/a.csv")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "data.path: " + uri("/secret/a.csv") + ": no permission: Permission denied: user=guest")
        .hasMessageNotContaining("\n");
  }
}
