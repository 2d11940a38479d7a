package dev.gauntlet.journal;

import java.io.IOException;
import java.util.Arrays;

/** A file that is written anew whenever it is forced, where files do not grow. */
final class RewrittenFile implements AppendFile {
  private final RunStorage storage;
  private final String name;
  private byte[] bytes;

  RewrittenFile(RunStorage storage, String name) throws IOException {
    this.storage = storage;
    this.name = name;
    this.bytes = storage.read(name).orElse(new byte[0]);
  }

  @Override
  public byte[] readAll() {
    return bytes.clone();
  }

  @Override
  public void truncate(long size) {
    bytes = Arrays.copyOf(bytes, Math.toIntExact(size));
  }

  @Override
  public void write(byte[] more) {
    int size = bytes.length;
    bytes = Arrays.copyOf(bytes, size + more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
  }

  @Override
  public void force() throws IOException {
    storage.replace(name, bytes);
  }

  @Override
  public void close() {}
}
