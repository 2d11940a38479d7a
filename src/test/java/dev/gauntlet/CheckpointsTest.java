package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(RunFolder.at(folder.resolve("run")));
  }

  private static TrialResult result(int candidate, int repeat, byte[] checkpoint) {
    var outcome = new Outcome(null, 0.5, 2, 2, checkpoint, null, null);
    return new TrialResult(Kind.SEARCH, candidate, repeat, 2, "dl4j", outcome, 1, "somewhere");
  }

  @Test
  void kept_result_isLightAndItsCheckpointIsRead() {
    TrialResult light = checkpoints.kept(result(3, 1, new byte[] {7, 8}));

    assertThat(light.outcome().checkpoint()).isNull();
    assertThat(light.score()).isEqualTo(0.5);
    assertThat(checkpoints.read(3, 1)).containsExactly(7, 8);
    assertThat(checkpoints.read(3, 0)).isNull();
    assertThat(checkpoints.read(31, 1)).isNull();
  }

  @Test
  void kept_laterStage_replacesTheOneBefore() {
    checkpoints.kept(result(3, 0, new byte[] {1}));
    checkpoints.kept(result(3, 0, new byte[] {2}));
    assertThat(checkpoints.read(3, 0)).containsExactly(2);

    checkpoints.kept(result(3, 0, null));
    assertThat(checkpoints.read(3, 0)).isNull();
  }

  @Test
  void keepOnly_promoted_deletesTheOthers() {
    for (int candidate : new int[] {1, 10, 11}) {
      checkpoints.kept(result(candidate, 0, new byte[] {1}));
      checkpoints.kept(result(candidate, 1, new byte[] {1}));
    }

    checkpoints.keepOnly(Set.of(10, 12));

    assertThat(checkpoints.read(10, 1)).isNotNull();
    assertThat(checkpoints.read(1, 0)).isNull();
    assertThat(checkpoints.read(11, 1)).isNull();
  }

  @Test
  void close_leavesNothing() {
    checkpoints.kept(result(1, 0, new byte[] {1}));

    checkpoints.close();

    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
    checkpoints.close();
  }
}
