package dev.gauntlet.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path runs;

  /** Its place, given back at once. */
  private static String place(RunFolder folder) {
    try (folder) {
      return folder.place();
    }
  }

  private String run(String name) {
    return runs.resolve(name).toString();
  }

  @Test
  void fresh_existingRuns_takesTheNumberBehindTheHighest() throws IOException {
    assertThat(place(RunFolder.fresh(runs.toString(), "a"))).isEqualTo(run("a"));
    assertThat(place(RunFolder.fresh(runs.toString(), "a"))).isEqualTo(run("a-2"));
    Files.createDirectory(runs.resolve("a-7"));
    Files.createDirectory(runs.resolve("a-09"));
    Files.createDirectory(runs.resolve("a-b-10"));

    assertThat(place(RunFolder.fresh(runs.toString(), "a"))).isEqualTo(run("a-8"));
    assertThat(place(RunFolder.fresh(run("new"), "a"))).isEqualTo(run("new/a"));
  }

  @Test
  void newest_existingRuns_opensTheHighestNumberOrMakesTheFirst() {
    assertThat(place(RunFolder.open(RunFolder.newest(runs.toString(), "a")))).isEqualTo(run("a"));
    assertThat(place(RunFolder.open(RunFolder.newest(runs.toString(), "a")))).isEqualTo(run("a"));
    place(RunFolder.fresh(runs.toString(), "a"));

    assertThat(place(RunFolder.open(RunFolder.newest(runs.toString(), "a")))).isEqualTo(run("a-2"));
    assertThat(place(RunFolder.open(RunFolder.newest(runs.toString(), "b")))).isEqualTo(run("b"));
  }

  @Test
  void fresh_fileInTheWay_isRefused() throws IOException {
    Path file = Files.writeString(runs.resolve("file"), "x");

    assertThatThrownBy(() -> RunFolder.fresh(file.toString(), "a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("run folder " + file + ": a file; the rule: a folder.");
    assertThatThrownBy(() -> RunFolder.open(file.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("run folder " + file + ": a file; the rule: a folder.");
  }

  @Test
  void open_emptyFolder_isTaken() {
    assertThat(place(RunFolder.open(runs.toString()))).isEqualTo(runs.toString());
    place(RunFolder.open(run("x/y")));
    assertThat(runs.resolve("x/y")).isDirectory();
  }

  @Test
  void open_folderWithFiles_isRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(runs.resolve("leaderboard.csv"), "mine");

    assertThatThrownBy(() -> RunFolder.open(runs.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "run folder "
                + runs
                + ": not empty, and holds no journal; a run overwrites nothing. Maybe"
                + " --fresh.");
    assertThat(file).hasContent("mine");
    assertThat(runs.resolve("lock")).doesNotExist();
  }

  /** Not even looked at: it may be anybody's. */
  @Test
  void open_foreignFolderWithALock_isLeftAlone() throws IOException {
    Path lock = Files.writeString(runs.resolve("lock"), "theirs");
    Files.writeString(runs.resolve("data.csv"), "x");

    assertThatThrownBy(() -> RunFolder.open(runs.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not empty, and holds no journal");

    assertThat(lock).hasContent("theirs");
  }

  @Test
  void write_twice_replacesWholeAndLeavesNothingElse() {
    try (RunFolder folder = RunFolder.open(runs.toString())) {
      folder.write("models/a.json", "one");
      folder.write("models/a.json", "two");

      assertThat(runs.resolve("models/a.json")).hasContent("two");
      assertThat(folder.list("models")).containsExactly("a.json");
      assertThat(folder.read("models/a.json")).hasValue("two".getBytes(StandardCharsets.UTF_8));
      folder.delete("models/a.json");
      folder.delete("models");
      assertThat(folder.read("models/a.json")).isEmpty();
      assertThat(folder.list("models")).isEmpty();
    }
  }

  @Test
  void note_smallFile_isThere() {
    try (RunFolder folder = RunFolder.open(run("noted"))) {
      folder.note("running", "SEARCH 1");
      folder.note("running", "SEARCH 2");

      assertThat(folder.read("running").orElseThrow()).asString(UTF_8).isEqualTo("SEARCH 2");
    }
  }
}
