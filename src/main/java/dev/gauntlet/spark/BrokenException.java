package dev.gauntlet.spark;

/** An attempt that may go better another time; its message is the cause. */
final class BrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenException(String cause) {
    super(cause);
  }
}
