package dev.gauntlet.journal;

import java.io.InterruptedIOException;

/** Waiting for another process or a server. */
final class Pauses {
  private Pauses() {}

  static void sleep(int millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
