package dev.gauntlet;

import dev.gauntlet.config.Json;
import dev.gauntlet.journal.Header;
import dev.gauntlet.journal.Journal;
import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.Experiment;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code run.json}: what is needed to know where a leaderboard came from. */
final class RunRecord {
  private final RunFolder folder;
  private final Experiment experiment;
  private final Journal journal;
  private final Map<String, Object> environment;
  private final Instant start = Instant.now();

  /** Of a clock that nobody sets. */
  private final long startNanos = System.nanoTime();

  private final String fingerprint;

  RunRecord(
      RunFolder folder, Experiment experiment, Journal journal, Map<String, Object> environment) {
    this.folder = folder;
    this.journal = journal;
    this.experiment = experiment;
    this.environment = environment;
    this.fingerprint = header(experiment).fingerprint();
  }

  /** What results of a run folder depend on. */
  static Header header(Experiment experiment) {
    return Header.of(Version.text(), experiment.dataset().fingerprint(), experiment.config());
  }

  /**
   * Writes it, at the start of a run and again at its end.
   *
   * @param status {@code running}, {@code done}, {@code interrupted} or {@code failed: cause}
   * @param notes sentences on how the search went
   */
  void write(String status, List<String> notes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("status", status);
    values.put("name", experiment.config().name());
    values.put("gauntlet", Version.text());
    values.put("seed", experiment.config().seed());
    values.put("config_fingerprint", fingerprint);
    values.put("data_fingerprint", experiment.dataset().fingerprint());
    values.put("data_notes", experiment.dataset().notes());
    values.put("rows", experiment.dataset().rows());
    values.put("training_rows", experiment.split().train().length);
    values.put("validation_rows", experiment.split().validation().length);
    values.put("test_rows", experiment.split().test().length);
    values.put("search_notes", notes);
    values.put("journal_notes", journal.notes());
    values.put("trainings_before", journal.trials());
    values.put("started", start.toString());
    if (!status.equals("running")) {
      values.put("finished", Instant.now().toString());
      values.put("seconds", Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0);
    }
    values.put("environment", environment);
    folder.write("run.json", Json.write(values));
  }
}
