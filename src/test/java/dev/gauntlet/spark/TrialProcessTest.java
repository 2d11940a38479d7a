package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.spark.Scheduler.Attempt;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialProcessTest {
  private final Trial trial = new Trial(Kind.SEARCH, TestSpaces.candidate(4, 2), 0);
  private final TrialProcess process = new TrialProcess(null, null, trial, "here");

  /** A process that is killed while it writes. */
  @Test
  void read_answerThatIsCutAnywhere_isOfAProcessThatDied(@TempDir Path folder) throws Exception {
    Attempt<TrialResult> attempt = TrialTask.broke(trial, "a cause");
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(attempt);
    }
    byte[] whole = bytes.toByteArray();
    Path answer = folder.resolve("answer");
    for (int size = 1; size < whole.length; size++) {
      Files.write(answer, Arrays.copyOf(whole, size));

      assertThat(process.read(answer, 0).broke()).isEqualTo(TrialResult.PROCESS_DIED);
    }
    assertThat(process.read(Files.write(answer, whole), 0).broke()).isEqualTo("a cause");
  }
}
