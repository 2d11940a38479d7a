package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;
  private RunFolder run;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    run = RunFolder.open(folder.resolve("run").toString());
    checkpoints = new Checkpoints(run);
  }

  @AfterEach
  void giveBack() {
    run.close();
  }

  private static TrialResult result(int candidate, int repeat, byte[] checkpoint) {
    var outcome = new Outcome(null, 0.5, 2, 2, checkpoint, null, null);
    return new TrialResult(
        Kind.SEARCH, candidate, repeat, 2, "dl4j", "cpu", outcome, 1, "somewhere", "");
  }

  @Test
  void keep_result_itsCheckpointIsRead() {
    checkpoints.keep(result(3, 1, new byte[] {7, 8}));

    assertThat(checkpoints.read(3, 1)).containsExactly(7, 8);
    assertThat(checkpoints.read(3, 0)).isNull();
    assertThat(checkpoints.read(31, 1)).isNull();
  }

  @Test
  void keep_laterStage_replacesTheOneBefore() {
    checkpoints.keep(result(3, 0, new byte[] {1}));
    checkpoints.keep(result(3, 0, new byte[] {2}));
    assertThat(checkpoints.read(3, 0)).containsExactly(2);

    // A process that dies now has to train that stage again, and only that one.
    checkpoints.keep(result(3, 0, null));
    assertThat(checkpoints.read(3, 0)).containsExactly(2);
  }

  @Test
  void keepOnly_promoted_deletesTheOthers() {
    for (int candidate : new int[] {1, 10, 11}) {
      checkpoints.keep(result(candidate, 0, new byte[] {1}));
      checkpoints.keep(result(candidate, 1, new byte[] {1}));
    }

    checkpoints.keepOnly(Set.of(10, 12));

    assertThat(checkpoints.read(10, 1)).isNotNull();
    assertThat(checkpoints.read(1, 0)).isNull();
    assertThat(checkpoints.read(11, 1)).isNull();
  }

  /** As after a process that died while it wrote one. */
  @Test
  void keepOnly_whatADeadProcessLeft_goesToo() {
    run.write("checkpoints/.5-0.bin.tmp", "half");
    run.write("checkpoints/.DS_Store", "x");
    checkpoints.keep(result(5, 0, new byte[] {1}));

    new Checkpoints(run).keepOnly(Set.of(5));

    assertThat(folder.resolve("run/checkpoints")).isDirectoryContaining("glob:**/5-0.bin");
    assertThat(run.list("checkpoints")).hasSize(1);
    assertThat(new Checkpoints(run).read(5, 0)).containsExactly(1);
  }

  @Test
  void deleteAll_leavesNothing() {
    checkpoints.keep(result(1, 0, new byte[] {1}));

    checkpoints.deleteAll();

    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
    checkpoints.deleteAll();
  }
}
