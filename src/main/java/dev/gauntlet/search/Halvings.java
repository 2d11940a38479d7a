package dev.gauntlet.search;

import dev.gauntlet.config.InvalidInputException;

/** How often epochs can be divided. */
final class Halvings {
  private Halvings() {}

  /**
   * @throws InvalidInputException if not even once
   */
  static int count(String strategy, int epochs, int eta, int minEpochs) {
    int count = logarithm(epochs / minEpochs, eta);
    if (count < 1) {
      throw new InvalidInputException(
          "search.strategy: "
              + strategy
              + " of "
              + epochs
              + " epochs; the rule: space.training.epochs is at least eta x min-epochs, "
              + (long) eta * minEpochs
              + ". Maybe more epochs, or strategy: random.");
    }
    return count;
  }

  /** The largest n with {@code base^n <= value}; -1 for a value of 0. */
  static int logarithm(int value, int base) {
    int n = -1;
    for (long power = 1; power <= value; power *= base) {
      n++;
    }
    return n;
  }
}
