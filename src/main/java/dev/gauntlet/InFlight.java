package dev.gauntlet;

import dev.gauntlet.journal.RunFolder;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trials under way where they run in the process of the driver, in the file {@code running} of
 * the run folder. What it names after a process has died may have ended it: a suspect, until it has
 * a result.
 */
final class InFlight implements AutoCloseable {
  private static final String FILE = "running";

  private final RunFolder folder;
  private final boolean used;
  private final Set<String> running = new TreeSet<>();
  private final Set<String> suspects;

  /**
   * Of one run.
   *
   * @param used whether trials run in this process; elsewhere nothing is written
   */
  InFlight(RunFolder folder, boolean used) {
    this.folder = folder;
    this.used = used;
    String left =
        folder.read(FILE).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    suspects = left.lines().collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a process has died while this trial was under way. */
  synchronized boolean isSuspect(Trial trial) {
    return suspects.contains(key(trial));
  }

  synchronized boolean anySuspect() {
    return !suspects.isEmpty();
  }

  /** Called by any thread. */
  synchronized void begin(Trial trial) {
    if (used && running.add(key(trial)) && !isSuspect(trial)) {
      write();
    }
  }

  synchronized void end(TrialResult result) {
    boolean suspect = suspects.remove(key(result));
    if (running.remove(key(result)) || suspect) {
      write();
    }
  }

  /** Not forced to the disk: it need not outlive the machine, only this process. */
  private void write() {
    folder.note(
        FILE,
        Stream.concat(running.stream(), suspects.stream())
            .distinct()
            .collect(Collectors.joining("\n")));
  }

  private static String key(Trial trial) {
    return key(trial.kind(), trial.candidate().id(), trial.index(), trial.stage().until());
  }

  private static String key(TrialResult result) {
    return key(result.kind(), result.candidate(), result.index(), result.until());
  }

  private static String key(Trial.Kind kind, int candidate, int index, int until) {
    return kind + " " + candidate + " " + index + " " + until;
  }

  /** An end in good order, or by an error that did not take the process down. */
  @Override
  public synchronized void close() {
    running.clear();
    if (suspects.isEmpty()) {
      folder.delete(FILE);
    } else {
      write();
    }
  }
}
