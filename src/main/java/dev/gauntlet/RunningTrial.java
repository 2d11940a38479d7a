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
    implements Serializable {}
