package dev.gauntlet.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.TestData;
import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.search.TestSpaces;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {
  /** What a reader's table depends on, besides the content of files. */
  private static final Set<String> RELEVANT =
      Set.of(
          "source",
          "format",
          "image-size",
          "delimiter",
          "quote",
          "header",
          "label",
          "keep",
          "drop",
          "categorical",
          "missing",
          "split.group",
          "split.time");

  @TempDir Path folder;

  /** Fails for a new key until someone has decided; until then a new key is relevant. */
  @Test
  void everyKey_isEitherRelevantOrNot() {
    Set<String> keys = new TreeSet<>();
    collect(DataConfig.class, "", keys);

    Set<String> decided = new TreeSet<>(RELEVANT);
    decided.addAll(TableSource.IRRELEVANT);
    assertThat(decided).isEqualTo(keys);
    assertThat(RELEVANT).doesNotContainAnyElementsOf(TableSource.IRRELEVANT);
  }

  private static void collect(Class<?> record, String prefix, Set<String> keys) {
    for (RecordComponent component : record.getRecordComponents()) {
      String key = prefix + Names.word(component.getName());
      if (component.getType().isRecord()) {
        collect(component.getType(), key + ".", keys);
      } else {
        keys.add(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.delimiter=;",
        "data.quote=\"'\"",
        "data.header=false",
        "data.label=x",
        "data.keep=[x]",
        "data.drop=[x]",
        "data.categorical=[x]",
        "data.missing=drop-rows",
        "data.split.group=x",
        "data.split.time=x",
      })
  void key_withAnotherRelevantKey_isAnother(String override) throws IOException {
    assertThat(key(Task.CLASSIFICATION, override)).isNotEqualTo(key(Task.CLASSIFICATION));
  }

  @Test
  void key_ofImagesOfAnotherSize_isAnother() throws IOException {
    String before = imagesKey("one", "", "cat/1.png");

    assertThat(imagesKey("one", ", image-size: 2x2", "cat/1.png")).isNotEqualTo(before);
  }

  @Test
  void key_withAnotherTask_isAnother() throws IOException {
    assertThat(key(Task.REGRESSION)).isNotEqualTo(key(Task.CLASSIFICATION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.scale=minmax",
        "data.unseen=error",
        "data.positive=b",
        "data.label-map={a: b}",
        "data.cache=false",
        "data.split={train: 0.5, validation: 0.3, test: 0.2}",
        "data.missing=median",
        "seed=7",
      })
  void key_withAnotherIrrelevantKey_isTheSame(String override) throws IOException {
    assertThat(key(Task.CLASSIFICATION, override)).isEqualTo(key(Task.CLASSIFICATION));
  }

  @Test
  void key_ofAFileThatWasMoved_isTheSame() throws IOException {
    String before = key(Task.CLASSIFICATION);
    Path moved = folder.resolve("moved.txt");
    Files.writeString(moved, "x,y\n1,a\n");

    assertThat(key(Task.CLASSIFICATION, "data.path=" + moved)).isEqualTo(before);
  }

  /** Tabs, then, stand between its fields. */
  @Test
  void key_ofAFileThatWasRenamedToTsv_isAnother() throws IOException {
    Path moved = folder.resolve("moved.tsv");
    Files.writeString(moved, "x,y\n1,a\n");

    assertThat(key(Task.CLASSIFICATION, "data.path=" + moved))
        .isNotEqualTo(key(Task.CLASSIFICATION));
  }

  @Test
  void key_ofTheSameBytesInAnotherRole_isAnother() throws IOException {
    Path labels = Files.writeString(folder.resolve("l.csv"), "y\na\n");
    Path test = Files.writeString(folder.resolve("t.csv"), "x,y\n1,a\n");

    assertThat(
            Stream.of(
                    key(Task.CLASSIFICATION),
                    key(Task.CLASSIFICATION, "data.labels=" + labels),
                    key(Task.CLASSIFICATION, "data.test=" + labels),
                    key(Task.CLASSIFICATION, "data.test=" + test))
                .distinct())
        .hasSize(4);
  }

  @Test
  void key_ofAFolderOfImages_knowsTheNamesOfItsFilesButNotItsOwn() throws IOException {
    String before = imagesKey("one", "", "cat/1.png");

    assertThat(imagesKey("two", "", "cat/1.png")).isEqualTo(before);
    assertThat(imagesKey("three", "", "dog/1.png")).isNotEqualTo(before);
    assertThat(imagesKey("four", "", "cat/1.png", ".b/1.png", "cat/.1.png")).isEqualTo(before);
    assertThat(imagesKey("five", "", "cat/1.png", "cat/2.png")).isNotEqualTo(before);
  }

  private String imagesKey(String name, String keys, String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(name).resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "the same");
    }
    return key(images(folder.resolve(name), keys), Task.CLASSIFICATION);
  }

  private static DataConfig images(Path path, String keys) {
    String data = "data: {path: '" + path + "', format: images" + keys + "}";
    return TestSpaces.config(TestSpaces.CONDITIONAL.replaceFirst("data: .*", data)).data();
  }

  private String key(Task task, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), "x,y\n1,a\n");
    DataConfig config =
        TestData.config(
            Stream.concat(Stream.of("data.path=" + file, "data.label=y"), Stream.of(overrides))
                .toArray(String[]::new));
    return key(config, task);
  }

  private static String key(DataConfig config, Task task) throws IOException {
    return TableSource.key(TableSource.of(config, task, DataFiles.of(config)).description());
  }
}
