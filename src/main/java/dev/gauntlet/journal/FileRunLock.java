package dev.gauntlet.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is there while a process has the folder, where nothing better is to be had. It
 * outlives a process that is killed.
 */
record FileRunLock(FileSystem files, Path file) implements RunLock {
  /** Of two processes that take over from a third one, the later one has it. */
  private static final int SETTLE_MILLIS = 500;

  static FileRunLock take(FileSystem files, Path file, String place) throws IOException {
    byte[] me = RunOwner.here().bytes();
    Optional<RunOwner> owner = RunOwner.of(read(files, file));
    boolean over = owner.isPresent() && owner.get().isGone();
    if (over) {
      files.delete(file, false);
    }
    try (FSDataOutputStream out = files.create(file, false)) {
      out.write(me);
    } catch (IOException e) {
      if (!files.exists(file)) {
        throw e;
      }
      throw inUse(files, file, place);
    }
    if (over) {
      Pauses.sleep(SETTLE_MILLIS);
    }
    if (!Arrays.equals(read(files, file), me)) {
      throw inUse(files, file, place);
    }
    return new FileRunLock(files, file);
  }

  private static RuntimeException inUse(FileSystem files, Path file, String place)
      throws IOException {
    return RunOwner.inUse(
        place,
        RunOwner.of(read(files, file)),
        "Maybe wait for it to end. If it was killed, and nothing else writes there, delete "
            + file
            + ".");
  }

  private static byte[] read(FileSystem files, Path file) throws IOException {
    try (var in = files.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() throws IOException {
    files.delete(file, false);
  }
}
