package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.validate.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks and lost power: what was acknowledged is there, and the run goes on. */
class JournalFaultTest {
  private static final int TRIALS = 26;

  /** Mutation tests meet fewer points. */
  private static final int STRIDE = Integer.getInteger("journal.stride", 1);

  private static final List<Trial> ALL =
      IntStream.range(0, TRIALS).mapToObj(Samples::mixed).toList();

  @TempDir Path temporary;

  /** Tests do not wait for the real disk. */
  private static final class FastDisk extends Disk {
    @Override
    FileChannel open(Path path, OpenOption... options) throws IOException {
      return new ForwardingChannel(super.open(path, options)) {
        @Override
        public void force(boolean metaData) {}
      };
    }
  }

  /**
   * Appends all trials that are not there, and returns them; all that are there are added to the
   * list.
   */
  private static List<Trial> work(Path folder, Disk disk, List<Trial> acknowledged)
      throws IOException {
    List<Trial> appended = new ArrayList<>();
    try (RunFolder run = RunFolder.open(new LocalRunStorage(folder, disk));
        Journal journal = Journal.open(run, Samples.HEADER)) {
      for (int id = 0; id < TRIALS; id++) {
        Trial trial = ALL.get(id);
        if (journal.find(trial).isEmpty()) {
          try {
            journal.append(trial, Samples.result(trial));
            appended.add(trial);
          } catch (UncheckedIOException e) {
            requireBroken(journal, acknowledged);
            throw e;
          }
        }
        acknowledged.add(trial);
      }
      return appended;
    }
  }

  /** Nothing can be added, and what there was is still there. */
  private static void requireBroken(Journal journal, List<Trial> acknowledged) {
    assertThatThrownBy(() -> journal.append(Samples.baseline(0)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("journal.jsonl, which broke before: ");
    acknowledged.forEach(trial -> assertThat(journal.find(trial)).isPresent());
  }

  private static void requireAll(Path folder, List<Trial> trials) throws IOException {
    try (RunFolder run = RunFolder.open(new LocalRunStorage(folder, new FastDisk()));
        Journal journal = Journal.open(run, Samples.HEADER)) {
      for (Trial trial : trials) {
        Samples.requireAsWritten(run, journal, trial);
      }
    }
  }

  private static void requireGoesOn(Path folder, List<Trial> acknowledged) throws IOException {
    List<Trial> all = new ArrayList<>();
    List<Trial> appended = work(folder, new FastDisk(), all);
    assertThat(Collections.disjoint(appended, acknowledged)).isTrue();
    assertThat(all).hasSize(TRIALS);
    requireAll(folder, all);
  }

  @Test
  void append_diskFullAtAnySize_losesNothingAcknowledged() throws IOException {
    var counting = new FaultyDisk(Files.createDirectory(temporary.resolve("count")));
    work(temporary.resolve("count/run"), counting, new ArrayList<>());
    int points = 0;
    for (int point = 0; point < 100; point += STRIDE) {
      Path top = Files.createDirectory(temporary.resolve("full" + point));
      var disk = new FaultyDisk(top);
      disk.room = counting.written * point / 100;
      List<Trial> acknowledged = new ArrayList<>();

      assertThatThrownBy(() -> work(top.resolve("run"), disk, acknowledged))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("No space left on device");

      // Cut back: no later record would stand behind half a one.
      Path journal = top.resolve("run/journal.jsonl");
      byte[] bytes = Files.readAllBytes(journal);
      if (!acknowledged.isEmpty()) {
        assertThat(JournalContent.of("j", bytes).torn()).isZero();
        assertThat(JournalContent.of("j", bytes).entries()).hasSize(acknowledged.size() + 1);
      }
      requireGoesOn(top.resolve("run"), acknowledged);
      points++;
    }
    assertThat(points).isEqualTo(100 / STRIDE);
  }

  @Test
  void append_powerLostAtAnyStep_losesNothingAcknowledged() throws IOException {
    int lost = 0;
    for (int step = 1; step <= 200; step += STRIDE) {
      Path top = Files.createDirectory(temporary.resolve("power" + step));
      var disk = new FaultyDisk(top);
      disk.stepsLeft = step;
      List<Trial> acknowledged = new ArrayList<>();
      try {
        work(top.resolve("run"), disk, acknowledged);
      } catch (IOException | UncheckedIOException e) {
        lost++;
      }
      assertThat(disk.isOff()).isTrue();
      Path durable = temporary.resolve("durable" + step);
      disk.restore(durable);

      // Once with what was forced only, once with all that was written.
      requireGoesOn(durable.resolve("run"), acknowledged);
      requireGoesOn(top.resolve("run"), acknowledged);
    }
    assertThat(lost).isEqualTo(200 / STRIDE);
  }

  @Test
  void replace_powerLostAtAnyStep_leavesTheOldOrTheNewFile() throws IOException {
    byte[] old = Samples.bytes(1, 100);
    byte[] now = Samples.bytes(2, 200);
    for (int step = 1; step <= 5; step++) {
      Path top = Files.createDirectory(temporary.resolve("replace" + step));
      var disk = new FaultyDisk(top);
      var storage = new LocalRunStorage(top.resolve("run"), disk);
      storage.replace("models/a", old);
      disk.stepsLeft = step;
      boolean done = true;
      try {
        storage.replace("models/a", now);
      } catch (IOException e) {
        done = false;
      }
      Path durable = temporary.resolve("replaced" + step);
      disk.restore(durable);

      assertThat(done).isFalse();
      assertThat(Files.readAllBytes(top.resolve("run/models/a"))).isIn(old, now);
      assertThat(Files.readAllBytes(durable.resolve("run/models/a"))).isEqualTo(old);
    }
  }
}
