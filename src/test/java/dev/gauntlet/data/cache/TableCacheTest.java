package dev.gauntlet.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TestData;
import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.data.files.TransferListener;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.search.TestSpaces;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableCacheTest {
  private static final String ROWS =
      """
      number,word,host,time,label
      1.5,tcp,h1,10,a
      -0.0,udp,h2,11,b
      ,tcp,h1,12,a
      3e-3,NA,h3,13.5,c
      7,icmp,h2,14,b
      """;
  private static final String TEST =
      """
      label,word,number,time,host
      a,gre,8,20,h9
      b,tcp,9,21,h1
      """;

  @TempDir Path folder;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private Path data;
  private Path entries;
  private int reads;

  @BeforeEach
  void write() throws IOException {
    data = Files.writeString(folder.resolve("d.csv"), ROWS);
    entries = Files.createDirectory(folder.resolve("entries"));
  }

  private TableCache cache() {
    return cache(() -> entries, 0);
  }

  private TableCache cache(TableCache.Place place, long threshold) {
    return new TableCache(place, threshold, TableCache.LIMIT, warnings::add);
  }

  private DataConfig config(String... overrides) {
    return TestData.config(
        Stream.concat(
                Stream.of("data.path=" + data, "data.label=label", "data.missing=median"),
                Stream.of(overrides))
            .toArray(String[]::new));
  }

  private Table get(DataConfig config, Task task) {
    return get(cache(), config, task);
  }

  private Table get(TableCache cache, DataConfig config, Task task) {
    return cache.get(
        config,
        task,
        DataFiles.of(config),
        () -> {
          reads++;
          return uncached(config, task);
        });
  }

  private Table uncached(DataConfig config, Task task) {
    return new FileTableReader(TransferListener.SILENT, cache(() -> entries, Long.MAX_VALUE))
        .read(config, task);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(entries)) {
      return files.toList();
    }
  }

  /** In every field, numbers bit for bit, but NaN is NaN. */
  static void assertEqual(Table actual, Table expected) {
    assertThat(Arrays.equals(actual.values(), expected.values())).isTrue();
    assertThat(actual)
        .usingRecursiveComparison()
        .withComparatorForType(Float::compare, Float.class)
        .ignoringFields("values")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.scale=none",
        "data.split.group=host",
        "data.split.time=time",
        "data.missing=drop-rows",
        "data.categorical=[number]",
        "data.keep=[word]",
      })
  void get_secondTime_isWhatTheReaderGives(String override) throws IOException {
    Path test = Files.writeString(folder.resolve("t.csv"), TEST);
    DataConfig config = config(override, "data.test=" + test);

    Table first = get(config, Task.CLASSIFICATION);
    Table second = get(config, Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(1);
    assertEqual(second, uncached(config, Task.CLASSIFICATION));
    assertEqual(second, first);
    assertThat(second.values()).isNotSameAs(first.values());
    assertThat(warnings).isEmpty();
  }

  @Test
  void get_numbersAsTarget_areWhatTheReaderGives() {
    DataConfig config = config("data.label=time");

    get(config, Task.REGRESSION);
    Table second = get(config, Task.REGRESSION);

    assertThat(reads).isEqualTo(1);
    assertEqual(second, uncached(config, Task.REGRESSION));
  }

  @Test
  void get_secondTime_hasTheSameFingerprint() {
    DataConfig config = config();
    var reader = new FileTableReader(TransferListener.SILENT, cache());

    String first = Datasets.read(config, Task.CLASSIFICATION, reader).fingerprint();
    String second = Datasets.read(config, Task.CLASSIFICATION, reader).fingerprint();

    assertThat(second)
        .isEqualTo(first)
        .isEqualTo(Datasets.read(config, Task.CLASSIFICATION, this::uncached).fingerprint());
  }

  @Test
  void get_anotherByteInTheSamePlace_readsAgain() throws IOException {
    get(config(), Task.CLASSIFICATION);
    Files.writeString(data, ROWS.replace("3e-3", "4e-3"));

    Table second = get(config(), Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(2);
    assertThat(second.values()[12]).isEqualTo(4e-3f);
  }

  @Test
  void get_anotherKeyThatMatters_readsAgain() {
    get(config(), Task.CLASSIFICATION);

    Table second = get(config("data.drop=[word]"), Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(2);
    assertThat(second.columns()).hasSize(3);
  }

  @Test
  void get_fileThatMovedAndKeysThatDoNotMatter_readsOnce() throws IOException {
    get(config(), Task.CLASSIFICATION);
    data = Files.move(data, folder.resolve("other.csv"));

    get(config("data.scale=minmax", "data.positive=a"), Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(1);
  }

  /** The first was counted by {@code describe}, the second would be trained on. */
  @Test
  void get_missingValuesThatAreRefused_areRefusedAsByTheReader() {
    get(config(), Task.CLASSIFICATION);

    assertThatThrownBy(() -> get(config("data.missing=error"), Task.CLASSIFICATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 of 5 values are missing");
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "values.npy, -1",
    "values.npy, 20",
    "target.npy, -1",
    "groups.npy, -1",
    "table.json, 30",
    "checksums.json, 5",
  })
  void get_oneByteDamaged_isReadAgainWithOneWarning(String name, int place) throws IOException {
    DataConfig config = config("data.split.group=host");
    Table first = get(config, Task.CLASSIFICATION);
    Path file = entries().get(0).resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[place < 0 ? bytes.length + place : place] ^= 1;
    Files.write(file, bytes);

    Table second = get(config, Task.CLASSIFICATION);
    Table third = get(config, Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(2);
    assertEqual(second, first);
    assertEqual(third, first);
    assertThat(warnings).singleElement().asString().contains("is damaged").doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.npy", "target.npy", "table.json", "checksums.json"})
  void get_fileCutOffOrGone_isReadAgainWithOneWarning(String name) throws IOException {
    get(config(), Task.CLASSIFICATION);
    Path file = entries().get(0).resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    get(config(), Task.CLASSIFICATION);
    Files.delete(entries().get(0).resolve(name));

    get(config(), Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(3);
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("is damaged"));
  }

  @Test
  void get_severalAtOnce_leavesOneEntry() throws Exception {
    int count = 8;
    var together = new CyclicBarrier(count);
    DataConfig config = config();
    Callable<Table> reader =
        () ->
            cache()
                .get(
                    config,
                    Task.CLASSIFICATION,
                    DataFiles.of(config),
                    () -> {
                      await(together);
                      return uncached(config, Task.CLASSIFICATION);
                    });
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      for (Future<Table> table : threads.invokeAll(Collections.nCopies(count, reader))) {
        assertEqual(table.get(), uncached(config, Task.CLASSIFICATION));
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(warnings).isEmpty();
    assertThat(entries()).hasSize(1);
    get(config, Task.CLASSIFICATION);
    assertThat(reads).isZero();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void get_fileThatChangesWhileItIsRead_isNotKept() throws IOException {
    DataConfig config = config();

    cache()
        .get(
            config,
            Task.CLASSIFICATION,
            DataFiles.of(config),
            () -> {
              Table table = uncached(config, Task.CLASSIFICATION);
              append(data, "5,tcp,h1,15,a\n");
              return table;
            });

    assertThat(entries()).isEmpty();
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, Files.readString(file) + text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void get_withoutAFolder_readsWithAWarning() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    TableCache cache = cache(() -> Files.createDirectories(file.resolve("tables")), 0);

    Table table = get(cache, config(), Task.CLASSIFICATION);

    assertThat(table.rows()).isEqualTo(5);
    assertThat(warnings).singleElement().asString().contains("no folder for it");
  }

  @Test
  void get_entryThatCannotBeWritten_readsWithAWarning() {
    TableCache cache = cache(() -> folder.resolve("nowhere"), 0);

    Table table = get(cache, config(), Task.CLASSIFICATION);

    assertThat(table.rows()).isEqualTo(5);
    assertThat(warnings).singleElement().asString().contains("cannot be written");
  }

  @Test
  void get_fromAReadOnlyFolder_isCachedAllTheSame() throws IOException {
    get(config(), Task.CLASSIFICATION);
    Files.setPosixFilePermissions(entries, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      get(config(), Task.CLASSIFICATION);
      assertThat(reads).isEqualTo(1);
      assertThat(warnings).isEmpty();

      assumeFalse(Files.isWritable(entries), "root may write everywhere");
      get(config("data.drop=[word]"), Task.CLASSIFICATION);
      assertThat(warnings).singleElement().asString().contains("cannot be written");
    } finally {
      Files.setPosixFilePermissions(entries, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void get_smallFiles_areNotKept() throws IOException {
    get(cache(() -> entries, ROWS.length() + 1), config(), Task.CLASSIFICATION);
    assertThat(entries()).isEmpty();

    get(cache(() -> entries, ROWS.length()), config(), Task.CLASSIFICATION);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void read_withCacheFalse_keepsNothing() throws IOException {
    var reader = new FileTableReader(TransferListener.SILENT, cache());

    reader.read(config("data.cache=false"), Task.CLASSIFICATION);
    assertThat(entries()).isEmpty();

    reader.read(config(), Task.CLASSIFICATION);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void read_imagesSecondTime_isWhatTheReaderGives() throws IOException {
    Path images = folder.resolve("images");
    for (String file : List.of("cat/1.png", "cat/2.png", "dog/1.png")) {
      Path path = images.resolve(file);
      Files.createDirectories(path.getParent());
      var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
      image.setRGB(1, 1, file.hashCode());
      ImageIO.write(image, "png", path.toFile());
    }
    String data = "data: {path: '" + images + "', format: images}";
    DataConfig config =
        TestSpaces.config(TestSpaces.CONDITIONAL.replaceFirst("data: .*", data)).data();

    get(config, Task.CLASSIFICATION);
    Table second = get(config, Task.CLASSIFICATION);

    assertThat(reads).isEqualTo(1);
    assertEqual(second, uncached(config, Task.CLASSIFICATION));
    assertThat(second.labels().names()).containsExactly("cat", "dog");
    assertThat(warnings).isEmpty();
  }
}
