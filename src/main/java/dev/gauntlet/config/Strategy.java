package dev.gauntlet.config;

import java.io.Serializable;

/** How points of the space are chosen; in YAML also a word alone, such as {@code random}. */
public sealed interface Strategy extends Serializable {

  /** Its type in YAML. */
  default String word() {
    return Names.word(getClass().getSimpleName());
  }

  /** Independent points. */
  record Random() implements Strategy {}

  /**
   * Every combination.
   *
   * @param steps values from each interval, at most; evenly spaced in probability
   */
  record Grid(@Default("5") @Bounds(min = 2, max = 1000) int steps) implements Strategy {}

  /** Points of a Sobol sequence, which fill the space more evenly than random ones. */
  record Sobol() implements Strategy {}

  /**
   * A genetic algorithm: children of good points.
   *
   * @param population points that are kept, at most; also the size of the first generation
   * @param mutation probability that a coordinate of a child is drawn anew
   */
  record Genetic(
      @Default("20") @Bounds(min = 4, max = 10_000) int population,
      @Default("0.1") @Bounds(min = 0.001, max = 1) double mutation)
      implements Strategy {}

  /**
   * Successive halving over epochs: all candidates get few epochs, the best of them more.
   *
   * @param eta one of so many is promoted, to so many times the epochs
   * @param minEpochs that the first stage has, at least, for the largest number of epochs in the
   *     space
   */
  record Halving(
      @Default("3") @Bounds(min = 2, max = 100) int eta,
      @Default("1") @Bounds(min = 1) int minEpochs)
      implements Strategy {}

  /**
   * Brackets of successive halving, from many candidates of few epochs to few of all epochs.
   *
   * @param eta as in {@link Halving}
   * @param minEpochs as in {@link Halving}
   */
  record Hyperband(
      @Default("3") @Bounds(min = 2, max = 100) int eta,
      @Default("1") @Bounds(min = 1) int minEpochs)
      implements Strategy {}

  /**
   * Tree-structured Parzen estimators: points that are likely among the good ones.
   *
   * @param startup random points before the first estimate
   * @param generation points that are chosen from one estimate
   * @param gamma the fraction that counts as good; never more than 25 points
   * @param samples draws of which the best is taken, for each coordinate
   */
  record Tpe(
      @Default("10") @Bounds(min = 2, max = 100_000) int startup,
      @Default("4") @Bounds(min = 1, max = 10_000) int generation,
      @Default("0.1") @Bounds(min = 0, max = 1, above = true, below = true) double gamma,
      @Default("24") @Bounds(min = 1, max = 10_000) int samples)
      implements Strategy {}
}
