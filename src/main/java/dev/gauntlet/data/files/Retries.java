package dev.gauntlet.data.files;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How often and after what pauses a mirror that fails in passing is asked again.
 *
 * @param attempts of each mirror, at least 1
 * @param first pause; each later one is twice as long
 * @param longest pause that a server's Retry-After is honoured up to
 * @param stall after so long without a byte an attempt has failed
 */
record Retries(int attempts, Duration first, Duration longest, Duration stall, Pause pause) {

  /** Four attempts with pauses of 1, 2 and 4 s, or what the server asks for up to a minute. */
  static final Retries STANDARD =
      new Retries(
          4, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30), Retries::sleep);

  /** Waits. */
  interface Pause {
    void of(Duration duration) throws InterruptedIOException;
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt that has failed, from 1
   * @param asked by the server; null if it asked for nothing
   */
  void pause(int attempt, Duration asked) throws InterruptedIOException {
    Duration wait = asked == null ? first.multipliedBy(1L << (attempt - 1)) : asked;
    pause.of(wait.compareTo(longest) > 0 ? longest : wait);
  }

  private static void sleep(Duration duration) throws InterruptedIOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to try again");
    }
  }
}
