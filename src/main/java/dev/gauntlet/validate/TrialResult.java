package dev.gauntlet.validate;

import dev.gauntlet.data.Preprocessor;
import java.io.Serializable;

/**
 * What a trial gave.
 *
 * @param candidate its id
 * @param index the repeat or the fold, from 0
 * @param until epochs that it was to be trained up to
 * @param engine that trained it
 * @param outcome the same in every run of the trial
 * @param seconds from start to end
 * @param host where it ran
 */
public record TrialResult(
    Trial.Kind kind,
    int candidate,
    int index,
    int until,
    String engine,
    Outcome outcome,
    double seconds,
    String host)
    implements Serializable {

  /**
   * The part of a result that is a function of the trial.
   *
   * @param failure the cause if there is no score, else null
   * @param score of the metric on the rows that the kind of trial names; NaN after a failure
   * @param epochs that were trained
   * @param bestEpoch the epoch whose weights were scored, from 1
   * @param checkpoint what a later stage goes on from; null after the last one
   * @param saved what a final trial gives beyond its score, else null
   */
  public record Outcome(
      String failure, double score, int epochs, int bestEpoch, byte[] checkpoint, Saved saved)
      implements Serializable {

    static Outcome failed(String cause) {
      return new Outcome(cause, Double.NaN, 0, 0, null, null);
    }
  }

  /**
   * The model of a winner and its uncertainty.
   *
   * @param model a DL4J model file
   * @param preprocessor what a row goes through before the network
   * @param dropout null if it was not measured
   */
  public record Saved(byte[] model, Preprocessor preprocessor, McDropoutScore dropout)
      implements Serializable {}

  /** A trial that could not be run at all. */
  public static TrialResult failed(Trial trial, String cause) {
    return new TrialResult(
        trial.kind(),
        trial.candidate().id(),
        trial.index(),
        trial.stage().until(),
        "",
        Outcome.failed(cause),
        0,
        "");
  }

  /** Without the checkpoint. */
  public TrialResult stripped() {
    var light =
        new Outcome(
            outcome.failure, outcome.score, outcome.epochs, outcome.bestEpoch, null, outcome.saved);
    return new TrialResult(kind, candidate, index, until, engine, light, seconds, host);
  }

  public boolean failed() {
    return outcome.failure() != null;
  }

  public String failure() {
    return outcome.failure();
  }

  public double score() {
    return outcome.score();
  }
}
