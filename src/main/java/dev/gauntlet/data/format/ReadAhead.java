package dev.gauntlet.data.format;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads one block ahead in a thread of its own, so that text is unpacked and decoded while what
 * came before it is parsed.
 */
final class ReadAhead extends Reader {
  private static final int BLOCK = 1 << 18;

  private final Reader source;
  private final ExecutorService thread;
  private char[] block = new char[BLOCK];
  private char[] spare = new char[BLOCK];
  private Future<Integer> ahead;
  private int at;
  private int end;

  ReadAhead(Reader source) {
    this.source = source;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              var reader = new Thread(task, "read-ahead");
              reader.setDaemon(true);
              return reader;
            });
    this.ahead = readSpare();
  }

  private Future<Integer> readSpare() {
    char[] target = spare;
    return thread.submit(() -> source.read(target));
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (at == end && end >= 0) {
      next();
    }
    if (end < 0) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(block, at, target, offset, count);
    at += count;
    return count;
  }

  private void next() throws IOException {
    end = awaited();
    at = 0;
    char[] read = spare;
    spare = block;
    block = read;
    if (end >= 0) {
      ahead = readSpare();
    }
  }

  private int awaited() throws IOException {
    try {
      return ahead.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for the block that is being read, as a source is not closed while it is in use. */
  @Override
  public void close() throws IOException {
    thread.shutdown();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
  }
}
