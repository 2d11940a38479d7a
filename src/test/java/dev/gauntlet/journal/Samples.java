package dev.gauntlet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.Metric;
import dev.gauntlet.config.ValidateConfig.Baseline;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.validate.BaselineTrial;
import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.Trial.Kind;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialResult.Outcome;
import dev.gauntlet.validate.TrialResult.Saved;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small records for tests of the journal itself. */
final class Samples {
  static final Header HEADER = header(Map.of("seed", 1));
  private static final Candidate CANDIDATE = TestSpaces.candidate(2, 2);

  private Samples() {}

  static Header header(Map<String, Object> config) {
    return new Header(Header.FORMAT, "1.0", "abc", config);
  }

  static Candidate candidate(int id) {
    return new Candidate(
        id,
        CANDIDATE.point(),
        CANDIDATE.network(),
        CANDIDATE.words(),
        CANDIDATE.parameters(),
        CANDIDATE.chosen(),
        null);
  }

  static Trial trial(int id) {
    return new Trial(Kind.SEARCH, candidate(id), 0);
  }

  /** Each second one a final one, with files of about 1 kB. */
  static Trial mixed(int id) {
    return id % 2 == 0 ? new Trial(Kind.FINAL, candidate(id), 0) : trial(id);
  }

  static TrialResult result(Trial trial) {
    int id = trial.candidate().id();
    boolean last = trial.kind() == Kind.FINAL;
    return new TrialResult(
        trial.kind(),
        id,
        trial.index(),
        trial.until(),
        "dl4j",
        "gpu",
        new Outcome(null, 1.0 / (id + 3), 7, 5, null, null, last ? saved(id) : null),
        0.25,
        "host",
        "1");
  }

  private static Saved saved(int id) {
    return new Saved(bytes(id, 900), null, null, null, bytes(id + 1, 500), List.of("x"));
  }

  static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static BaselineTrialResult baseline(int fold) {
    return new BaselineTrialResult(
        new BaselineTrial(Baseline.MAJORITY, fold),
        null,
        0.5,
        Map.of(Metric.ACCURACY, 0.5, Metric.LOG_LOSS, Double.NaN),
        0.125);
  }

  /** What a journal and its folder have of a trial is what was appended. */
  static void requireAsWritten(RunFolder folder, Journal journal, Trial trial) {
    TrialResult result = result(trial);
    assertThat(JournalJson.text(journal.find(trial).orElseThrow()))
        .isEqualTo(JournalJson.text(result.stripped()));
    Saved saved = result.outcome().saved();
    if (saved != null) {
      assertThat(folder.read(WinnerFiles.model(result.candidate()))).hasValue(saved.model());
      assertThat(folder.read(WinnerFiles.rows(result.candidate()))).hasValue(saved.rows());
    }
  }
}
