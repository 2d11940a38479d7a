package dev.gauntlet.journal;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The process that has a run folder.
 *
 * @param started when the process began, in milliseconds since 1970; 0 if the system does not say
 * @param since when it took the folder
 */
record RunOwner(String host, long process, long started, String since) {

  /** This process, now. */
  static RunOwner here() {
    return new RunOwner(
        localHost(),
        ProcessHandle.current().pid(),
        started(ProcessHandle.current()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** As a line of text. */
  byte[] bytes() throws IOException {
    return (JournalJson.text(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The one in the last line of a lock's file; empty if it says none. */
  static Optional<RunOwner> of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    try {
      return Optional.of(
          JournalJson.MAPPER.readValue(text.substring(text.lastIndexOf('\n') + 1), RunOwner.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it was a process of this machine that has ended. */
  boolean isGone() {
    return host.equals(localHost())
        && ProcessHandle.of(process)
            .filter(found -> found.isAlive() && (started == 0 || isNear(started(found))))
            .isEmpty();
  }

  /** The system counts from its own start, by a clock that may be set. */
  private boolean isNear(long other) {
    return other == 0 || Math.abs(other - started) < Duration.ofMinutes(1).toMillis();
  }

  /**
   * The error of whoever comes second.
   *
   * @param advice complete sentences
   */
  static InvalidInputException inUse(String place, Optional<RunOwner> owner, String advice) {
    return new InvalidInputException(
        "run folder "
            + place
            + " is in use by "
            + owner.map(RunOwner::toString).orElse("another process")
            + ". "
            + advice);
  }

  @Override
  public String toString() {
    return "process " + process + " on host " + host + " since " + since;
  }
}
