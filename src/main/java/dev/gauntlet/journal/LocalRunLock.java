package dev.gauntlet.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock of the kernel on a file, which goes with the process however it ends. The file stays: who
 * deletes it lets a second process in.
 */
final class LocalRunLock implements RunLock {
  private static final String ADVICE = "Maybe wait for it to end, or --fresh takes a new folder.";

  /**
   * Those of this process. Asked first, because as soon as a process closes the file, even one that
   * it opened only to read who has it, all its locks on that file are gone.
   */
  private static final Map<Path, RunOwner> HERE = new ConcurrentHashMap<>();

  /** A process that was killed may take a moment to go, one that has just begun to say so. */
  private static final int ATTEMPTS = 10;

  private static final int PAUSE_MILLIS = 100;

  private final Path folder;
  private final FileChannel channel;

  private LocalRunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static LocalRunLock take(Path place) throws IOException {
    Path folder = place.toRealPath();
    RunOwner me = RunOwner.here();
    RunOwner other = HERE.putIfAbsent(folder, me);
    if (other != null) {
      throw RunOwner.inUse(place.toString(), Optional.of(other), ADVICE);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(folder.resolve(FILE), CREATE, WRITE);
      lock(place, channel);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(me.bytes()));
      return new LocalRunLock(folder, channel);
    } catch (IOException | RuntimeException e) {
      HERE.remove(folder);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  private static void lock(Path place, FileChannel channel) throws IOException {
    // Not what the file says: on Windows nobody else may read what is locked.
    for (int attempt = 1; channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null; attempt++) {
      Optional<RunOwner> owner = RunOwner.of(Files.readAllBytes(place.resolve(FILE)));
      if (attempt == ATTEMPTS || owner.filter(who -> !who.isGone()).isPresent()) {
        throw RunOwner.inUse(place.toString(), owner, ADVICE);
      }
      Pauses.sleep(PAUSE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    } finally {
      HERE.remove(folder);
    }
  }
}
