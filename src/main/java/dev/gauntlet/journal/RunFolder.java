package dev.gauntlet.journal;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The folder of one run, on this machine or on one of Hadoop's file systems. One process has it at
 * a time; each file appears whole or not at all, and is durable when it was written.
 */
public final class RunFolder implements AutoCloseable {
  private final RunStorage storage;
  private final RunLock lock;

  private RunFolder(RunStorage storage, RunLock lock) {
    this.storage = storage;
    this.lock = lock;
  }

  /**
   * Opens a run folder, or makes it.
   *
   * @param place a path, or a URI of one of Hadoop's file systems
   * @throws InvalidInputException if it is a file, belongs to something else, or is in use
   */
  public static RunFolder open(String place) {
    return attempt(place, () -> open(RunStorage.of(place)));
  }

  static RunFolder open(RunStorage storage) throws IOException {
    try {
      if (storage.isFile()) {
        throw refused(storage.place(), "a file; the rule: a folder.");
      }
      // By names first: nothing in a folder that is not ours is touched, not even a file "lock".
      List<String> names = storage.list("");
      if (!isLeftover(names) && names.stream().noneMatch(name -> name.contains(Journal.FILE))) {
        throw foreign(storage);
      }
      storage.make();
      RunLock lock = storage.lock();
      if (!isLeftover(names) && !hasJournal(storage)) {
        lock.close();
        throw foreign(storage);
      }
      return new RunFolder(storage, lock);
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /**
   * That with the highest number of {@code runs/<name>}, {@code <name>-2} ...; the first if none.
   */
  public static String newest(String runs, String name) {
    return child(runs, name, Math.max(1, highest(runs, name)));
  }

  /**
   * Makes nothing.
   *
   * @throws InvalidInputException if {@link #open} would say so now
   */
  public static void check(String place) {
    attempt(
        place,
        () -> {
          RunStorage storage = RunStorage.of(place);
          if (storage.isFile() || !storage.list("").isEmpty()) {
            open(storage).close();
          } else {
            storage.close();
          }
          return null;
        });
  }

  /** Makes {@code runs/<name>}, or the one behind the highest number there is. */
  public static RunFolder fresh(String runs, String name) {
    for (int number = highest(runs, name) + 1; ; number++) {
      String place = child(runs, name, number);
      Optional<RunFolder> made = attempt(place, () -> made(RunStorage.of(place)));
      if (made.isPresent()) {
        return made.get();
      }
    }
  }

  /** Empty if another process was faster. */
  private static Optional<RunFolder> made(RunStorage storage) throws IOException {
    if (storage.make()) {
      try {
        RunLock lock = storage.lock();
        if (isLeftover(storage.list("")) && !hasJournal(storage)) {
          return Optional.of(new RunFolder(storage, lock));
        }
        lock.close();
      } catch (InvalidInputException e) {
        // The other one has it.
      }
    }
    storage.close();
    return Optional.empty();
  }

  private static String child(String runs, String name, int number) {
    return runs + "/" + name + (number == 1 ? "" : "-" + number);
  }

  /** 0 if there is none. */
  private static int highest(String runs, String name) {
    return attempt(
        runs,
        () -> {
          try (RunStorage storage = RunStorage.of(runs)) {
            if (storage.isFile()) {
              throw refused(runs, "a file; the rule: a folder.");
            }
            return storage.list("").stream()
                .map(found -> number(found, name))
                .flatMapToInt(OptionalInt::stream)
                .max()
                .orElse(0);
          }
        });
  }

  private static OptionalInt number(String found, String name) {
    if (found.equals(name)) {
      return OptionalInt.of(1);
    }
    boolean numbered =
        found.startsWith(name + "-")
            && found.substring(name.length() + 1).matches("[2-9]|[1-9][0-9]{1,8}");
    return numbered
        ? OptionalInt.of(Integer.parseInt(found.substring(name.length() + 1)))
        : OptionalInt.empty();
  }

  private static InvalidInputException foreign(RunStorage storage) {
    return refused(
        storage.place(),
        "not empty, and holds no journal; a run overwrites nothing. Maybe --fresh.");
  }

  /** Nothing but what a process leaves that dies before its journal begins. */
  private static boolean isLeftover(List<String> names) {
    return names.stream()
        .allMatch(
            name ->
                name.equals(RunLock.FILE) || name.endsWith(".tmp") || name.equals(Journal.FILE));
  }

  private static boolean hasJournal(RunStorage storage) throws IOException {
    Optional<byte[]> bytes = storage.read(Journal.FILE);
    return bytes.isPresent() && JournalContent.hasHeader(bytes.get());
  }

  private interface Call<T> {
    T get() throws IOException;
  }

  private static <T> T attempt(String place, Call<T> call) {
    try {
      return call.get();
    } catch (IOException e) {
      throw refused(place, "cannot be opened: " + e + ".");
    }
  }

  private static InvalidInputException refused(String place, String why) {
    return new InvalidInputException("run folder " + place + ": " + why);
  }

  /** Where it is, for people and for {@link #open}. */
  public String place() {
    return storage.place();
  }

  RunStorage storage() {
    return storage;
  }

  /** Writes a file of the run, replacing an earlier version of it in one step. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #write(String, String)}; the name may contain folders. */
  public void write(String name, byte[] bytes) {
    call(
        "write " + name,
        () -> {
          storage.replace(name, bytes);
          return null;
        });
  }

  /** Writes a small file that is no result: in place, and not forced to the disk. */
  public void note(String name, String text) {
    call(
        "write " + name,
        () -> {
          storage.note(name, text.getBytes(StandardCharsets.UTF_8));
          return null;
        });
  }

  /** Empty if there is no such file. */
  public Optional<byte[]> read(String name) {
    return call("read " + name, () -> storage.read(name));
  }

  /** Names of what is in a folder of it, sorted; none if there is no such folder. */
  public List<String> list(String folder) {
    return call("list " + folder, () -> storage.list(folder));
  }

  /** Deletes a file or an empty folder, if it is there. */
  public void delete(String name) {
    call(
        "delete " + name,
        () -> {
          storage.delete(name);
          return null;
        });
  }

  private <T> T call(String what, Call<T> call) {
    try {
      return call.get();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot " + what + " in " + place() + ": " + e, e);
    }
  }

  /** Lets other processes in. */
  @Override
  public void close() {
    call(
        "give back the lock",
        () -> {
          try (storage) {
            lock.close();
          }
          return null;
        });
  }
}
