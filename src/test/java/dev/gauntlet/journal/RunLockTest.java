package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunLockTest {
  @TempDir Path folder;

  private RunFolder open() {
    return RunFolder.open(folder.toString());
  }

  @Test
  void open_twiceInOneProcess_isRefusedUntilItIsGivenBack() {
    RunFolder first = open();

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "run folder " + folder + " is in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining(" on host ")
          .hasMessageEndingWith(". Maybe wait for it to end, or --fresh takes a new folder.");
    }
    first.close();
    open().close();
    open().close();
  }

  @Test
  void open_otherProcessHasIt_isRefusedQuicklyUntilItIsKilled()
      throws IOException, InterruptedException {
    Process other = LockHolder.start(folder.toString());
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("has " + folder);
      long start = System.nanoTime();

      assertThatThrownBy(this::open)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "run folder " + folder + " is in use by process " + other.pid() + " on host ");

      assertThat((System.nanoTime() - start) / 1e9).isLessThan(2);
      assertThat(RunOwner.of(Files.readAllBytes(folder.resolve("lock"))).orElseThrow().isGone())
          .isFalse();
      assertThat(other.destroyForcibly().waitFor()).isNotZero();
      open().close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void open_folderGivenBack_isFreeForOtherProcesses() throws IOException {
    open().close();

    Process other = LockHolder.start(folder.toString());
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("has " + folder);
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void isGone_processes_areToldByHostNumberAndStart() {
    RunOwner me = RunOwner.here();

    assertThat(me.isGone()).isFalse();
    assertThat(new RunOwner(me.host(), me.process(), 0, me.since()).isGone()).isFalse();
    assertThat(new RunOwner(me.host(), me.process(), 7, me.since()).isGone()).isTrue();
    assertThat(new RunOwner(me.host(), 1L << 40, 0, me.since()).isGone()).isTrue();
    assertThat(new RunOwner("elsewhere", 1L << 40, 0, me.since()).isGone()).isFalse();
  }
}
