package dev.gauntlet.data.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Locks on files, against other processes and against other threads of this one. */
final class FileLocks {
  private static final int POLL_MILLIS = 100;

  /**
   * One at a time in a process: the system's locks belong to the process, and go as soon as any of
   * its threads closes the file.
   */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private FileLocks() {}

  /** A lock that is held until it is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Waits for a lock.
   *
   * @param file made if it is not there; nobody may delete it
   * @param waiting called once if another process has the lock
   */
  static Held take(Path file, Runnable waiting) throws IOException {
    IN_PROCESS.lock();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        waiting.run();
      }
      while (lock == null) {
        pause(file);
        lock = channel.tryLock();
      }
    } catch (IOException | RuntimeException e) {
      release(channel);
      throw e;
    }
    FileChannel locked = channel;
    return () -> release(locked);
  }

  /** Closing the file gives the lock back. */
  private static void release(FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private static void pause(Path file) throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    }
  }
}
