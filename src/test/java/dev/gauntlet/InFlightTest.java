package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightTest {
  private static final Candidate CANDIDATE = TestSpaces.candidate(4, 2);
  private static final Trial SEARCH = new Trial(Kind.SEARCH, CANDIDATE, 0);
  private static final Trial FOLD = new Trial(Kind.FOLD, CANDIDATE, 2);

  @TempDir Path place;
  private RunFolder folder;

  @BeforeEach
  void open() {
    folder = RunFolder.open(place.toString());
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private InFlight inFlight() {
    return new InFlight(folder, true);
  }

  private static TrialResult result(Trial trial) {
    return TrialResult.failed(trial, "for a test");
  }

  @Test
  void isSuspect_underWayWhenAProcessDied_untilItHasAResult() {
    InFlight died = inFlight();
    died.begin(SEARCH);
    died.begin(FOLD);
    died.end(result(FOLD));

    InFlight next = inFlight();
    assertThat(next.isSuspect(SEARCH)).isTrue();
    assertThat(next.isSuspect(FOLD)).isFalse();
    // Nor is it cleared by a process that dies before it comes to it.
    next.begin(FOLD);
    InFlight third = inFlight();
    assertThat(third.isSuspect(SEARCH)).isTrue();
    assertThat(third.isSuspect(FOLD)).isTrue();
    third.end(result(SEARCH));
    assertThat(third.anySuspect()).isTrue();
    third.end(result(FOLD));
    assertThat(third.anySuspect()).isFalse();
  }

  @Test
  void close_endInGoodOrder_accusesNobody() {
    InFlight interrupted = inFlight();
    interrupted.begin(SEARCH);
    interrupted.close();

    assertThat(place.resolve("running")).doesNotExist();
    assertThat(inFlight().anySuspect()).isFalse();
  }

  /** One that an interrupted run did not come to is still to be run apart. */
  @Test
  void close_suspectWithoutAResult_staysOne() {
    inFlight().begin(SEARCH);
    InFlight interrupted = inFlight();
    interrupted.begin(FOLD);
    interrupted.close();

    assertThat(inFlight().isSuspect(SEARCH)).isTrue();
    assertThat(inFlight().isSuspect(FOLD)).isFalse();
  }

  @Test
  void begin_trialsInOtherProcesses_nothingIsWritten() {
    try (var elsewhere = new InFlight(folder, false)) {
      elsewhere.begin(SEARCH);
      assertThat(place.resolve("running")).doesNotExist();
    }
  }
}
