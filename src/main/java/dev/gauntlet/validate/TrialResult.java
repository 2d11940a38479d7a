package dev.gauntlet.validate;

import dev.gauntlet.data.Preprocessor;
import java.io.Serializable;
import java.util.List;

/**
 * What a trial gave.
 *
 * @param candidate its id
 * @param index the repeat or the fold, from 0
 * @param until epochs that it was to be trained up to
 * @param engine that trained it
 * @param device what it was trained on, {@code cpu} or {@code gpu}; empty where engine is
 * @param outcome the same in every run of the trial
 * @param seconds from start to end
 * @param host where it ran
 * @param gpu the address that Spark gave it there; empty for none
 */
public record TrialResult(
    Trial.Kind kind,
    int candidate,
    int index,
    int until,
    String engine,
    String device,
    Outcome outcome,
    double seconds,
    String host,
    String gpu)
    implements Serializable {

  /** A cause; without numbers of processes and exit codes, which differ between equal runs. */
  public static final String PROCESS_DIED = "the process that trained it died";

  /**
   * The part of a result that is a function of the trial.
   *
   * @param failure the cause if there is no score, else null
   * @param score of the metric on the rows that the kind of trial names; NaN after a failure
   * @param epochs that were trained
   * @param bestEpoch the epoch whose weights were scored, from 1
   * @param checkpoint what a later stage goes on from; null after the last one
   * @param evaluation all metrics on the rows that were scored; null for a search trial
   * @param saved what a final trial gives beyond its score, else null
   */
  public record Outcome(
      String failure,
      double score,
      int epochs,
      int bestEpoch,
      byte[] checkpoint,
      Evaluation evaluation,
      Saved saved)
      implements Serializable {

    static Outcome failed(String cause) {
      return new Outcome(cause, Double.NaN, 0, 0, null, null, null);
    }

    private Outcome stripped() {
      Saved rest = saved == null ? null : saved.stripped();
      return new Outcome(failure, score, epochs, bestEpoch, null, evaluation, rest);
    }
  }

  /**
   * The model of a winner and what it says of the test rows.
   *
   * @param model a DL4J model file; null once it is one on the disk
   * @param preprocessor what a row goes through before the network
   * @param dropout null if it was not measured
   * @param calibrated null if it was not asked for
   * @param rows a table of the test rows: comma-separated text in UTF-8; null if it could not be
   *     made, or is a file on the disk
   * @param missing what could not be measured, and why; empty if nothing failed
   */
  public record Saved(
      byte[] model,
      Preprocessor preprocessor,
      McDropoutScore dropout,
      Calibrated calibrated,
      byte[] rows,
      List<String> missing)
      implements Serializable {

    public Saved {
      missing = List.copyOf(missing);
    }

    private Saved stripped() {
      return new Saved(null, preprocessor, dropout, calibrated, null, missing);
    }
  }

  /**
   * What temperature scaling does to a winner.
   *
   * @param temperature fitted to the validation rows
   * @param evaluation on the test rows, after it
   */
  public record Calibrated(double temperature, Evaluation evaluation) implements Serializable {}

  /** A trial that could not be run at all. */
  public static TrialResult failed(Trial trial, String cause) {
    return new TrialResult(
        trial.kind(),
        trial.candidate().id(),
        trial.index(),
        trial.stage().until(),
        "",
        "",
        Outcome.failed(cause),
        0,
        "",
        "");
  }

  /** The same, after so long. */
  public TrialResult took(double all) {
    return new TrialResult(kind, candidate, index, until, engine, device, outcome, all, host, gpu);
  }

  /** Without what are files of their own: checkpoint, model and table of test rows. */
  public TrialResult stripped() {
    return new TrialResult(
        kind, candidate, index, until, engine, device, outcome.stripped(), seconds, host, gpu);
  }

  public boolean failed() {
    return outcome.failure() != null;
  }

  /** Whether it failed because something broke, which may go better another time. */
  public boolean broke() {
    return failed() && engine.isEmpty();
  }

  public String failure() {
    return outcome.failure();
  }

  public double score() {
    return outcome.score();
  }
}
