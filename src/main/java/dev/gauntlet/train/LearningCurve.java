package dev.gauntlet.train;

import java.io.Serializable;
import java.util.List;

/**
 * What happened in training.
 *
 * @param losses mean training loss of each epoch, regularisation included
 * @param scores early-stopping metric after each epoch
 * @param bestEpoch the epoch whose weights the model has, from 1
 */
public record LearningCurve(List<Double> losses, List<Double> scores, int bestEpoch)
    implements Serializable {

  /** Epochs that were trained. */
  public int epochs() {
    return losses.size();
  }
}
