package dev.gauntlet.train;

import java.io.Serializable;

/**
 * A part of a training. Stages one after the other give the same bits as one training in one go.
 *
 * @param until epochs that are trained in total when the stage is over, from 1
 * @param from the checkpoint of the stage before; null to begin with the first epoch
 */
public record Stage(int until, byte[] from) implements Serializable {}
