package dev.gauntlet.train;

/** Hears how a training goes. What it does changes no result. */
@FunctionalInterface
public interface EpochListener {
  /** Hears nothing. */
  EpochListener NONE = (epoch, loss) -> {};

  /**
   * An epoch is over.
   *
   * @param epoch from 1
   * @param loss mean training loss of it, regularisation included
   */
  void epoch(int epoch, double loss);
}
