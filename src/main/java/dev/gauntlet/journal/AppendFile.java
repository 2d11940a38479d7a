package dev.gauntlet.journal;

import java.io.Closeable;
import java.io.IOException;

/** A file that grows at its end. After any exception only {@link #truncate} and close are left. */
interface AppendFile extends Closeable {
  byte[] readAll() throws IOException;

  /** Cuts off what is behind the given number of bytes; durable after {@link #force}. */
  void truncate(long size) throws IOException;

  /** Adds at the end; durable after {@link #force}. */
  void write(byte[] bytes) throws IOException;

  /** Returns when everything written is durable. */
  void force() throws IOException;
}
