package dev.gauntlet.data.files;

import java.io.IOException;
import java.time.Duration;

/** A download that failed; its message is a few words without a full stop. */
final class FailedAttempt extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;
  private final Duration wait;

  private FailedAttempt(String message, boolean passing, Duration wait, Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.wait = wait;
  }

  /** Another attempt would fail in the same way. */
  static FailedAttempt lasting(String message, Throwable cause) {
    return new FailedAttempt(message, false, null, cause);
  }

  /**
   * Another attempt may succeed.
   *
   * @param wait what the server asks for; null if nothing
   */
  static FailedAttempt passing(String message, Duration wait, Throwable cause) {
    return new FailedAttempt(message, true, wait, cause);
  }

  boolean isPassing() {
    return passing;
  }

  /** Null if the server asked for nothing. */
  Duration pause() {
    return wait;
  }
}
