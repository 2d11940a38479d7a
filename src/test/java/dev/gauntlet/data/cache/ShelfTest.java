package dev.gauntlet.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
  @TempDir Path folder;

  @Test
  void add_pastTheLimit_removesWhatWasNotUsedForLongest() throws IOException {
    var shelf = new Shelf(folder, 25);
    add(shelf, "a", 10);
    add(shelf, "b", 10);
    age("a", Duration.ofHours(3));
    age("b", Duration.ofHours(4));
    shelf.touch("b");

    add(shelf, "c", 10);

    assertThat(names()).containsExactly("b", "c");
  }

  @Test
  void add_largerThanTheLimit_staysAlone() throws IOException {
    var shelf = new Shelf(folder, 25);
    add(shelf, "a", 10);
    age("a", Duration.ofHours(3));

    add(shelf, "b", 30);

    assertThat(names()).containsExactly("b");
  }

  @Test
  void add_thatFails_leavesNothing() throws IOException {
    var shelf = new Shelf(folder, 25);

    assertThatThrownBy(
            () ->
                shelf.add(
                    "a",
                    entry -> {
                      Files.writeString(entry.resolve("half"), "half");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(names()).isEmpty();
  }

  @Test
  void add_whatIsThereAlready_keepsTheFirst() throws IOException {
    var shelf = new Shelf(folder, 25);
    add(shelf, "a", 10);

    add(shelf, "a", 11);

    assertThat(Files.size(folder.resolve("a/file"))).isEqualTo(10);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void add_whatADeadProcessLeft_isRemovedAfterADay() throws IOException {
    var shelf = new Shelf(folder, 25);
    for (String name : List.of(".temporary-old", ".temporary-new")) {
      Files.createDirectory(folder.resolve(name));
      Files.write(folder.resolve(name).resolve("file"), new byte[100]);
    }
    age(".temporary-old", Duration.ofDays(2));

    add(shelf, "a", 10);

    assertThat(names()).containsExactly(".temporary-new", "a");
  }

  private void add(Shelf shelf, String key, int size) throws IOException {
    shelf.add(key, entry -> Files.write(entry.resolve("file"), new byte[size]));
  }

  private void age(String key, Duration age) throws IOException {
    Files.setLastModifiedTime(folder.resolve(key), FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
