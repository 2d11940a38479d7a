package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path runs;

  @Test
  void next_existingRuns_takesTheNextNumber() {
    assertThat(RunFolder.next(runs, "a").path()).isEqualTo(runs.resolve("a"));
    assertThat(RunFolder.next(runs, "a").path()).isEqualTo(runs.resolve("a-2"));
    assertThat(RunFolder.next(runs, "a").path()).isEqualTo(runs.resolve("a-3"));
    assertThat(RunFolder.next(runs.resolve("new"), "a").path()).isDirectory();
  }

  @Test
  void next_fileInTheWay_isRefused() throws IOException {
    Path file = Files.writeString(runs.resolve("file"), "x");

    assertThatThrownBy(() -> RunFolder.next(file, "a"))
        .hasMessage("--output " + file + ": a file; the rule: a folder.");
  }

  @Test
  void at_emptyFolder_isTaken() {
    assertThat(RunFolder.at(runs).path()).isEqualTo(runs);
    assertThat(RunFolder.at(runs.resolve("x/y")).path()).isDirectory();
  }

  @Test
  void at_folderWithFiles_isRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(runs.resolve("leaderboard.csv"), "mine");

    assertThatThrownBy(() -> RunFolder.at(runs)).hasMessageContaining("not empty, and a run");
    assertThat(file).hasContent("mine");
  }

  @Test
  void write_twice_replacesWholeAndLeavesNothingElse() throws IOException {
    RunFolder folder = RunFolder.at(runs);

    folder.write("models/a.json", "one");
    folder.write("models/a.json", "two");

    assertThat(runs.resolve("models/a.json")).hasContent("two");
    try (var files = Files.list(runs.resolve("models"))) {
      assertThat(files).hasSize(1);
    }
  }
}
