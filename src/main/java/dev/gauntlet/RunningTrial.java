package dev.gauntlet;

import dev.gauntlet.validate.Trial;
import java.io.Serializable;

/**
 * How far a trial is.
 *
 * @param index the repeat or the fold, from 0
 * @param epoch the last one that is over, from 1
 * @param until epochs that it is trained up to, at most
 * @param loss mean training loss of that epoch
 */
public record RunningTrial(
    Trial.Kind kind, int candidate, int index, int epoch, int until, double loss)
    implements Serializable {

  /** Of a trial whose epoch is over. */
  public static RunningTrial of(Trial trial, int epoch, double loss) {
    return new RunningTrial(
        trial.kind(), trial.candidate().id(), trial.index(), epoch, trial.until(), loss);
  }
}
