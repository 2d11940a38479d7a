package dev.gauntlet.search;

/** A point of the search space stands for a network that cannot be; the message says why. */
final class ImpossibleNetworkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImpossibleNetworkException(String message) {
    super(message);
  }
}
