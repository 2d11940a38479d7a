package dev.gauntlet.journal;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file of a file system that can append and force. */
final class HadoopAppendFile implements AppendFile {
  private final RunStorage storage;
  private final String name;
  private final Opening opening;
  private FSDataOutputStream out;

  /** Opens the file at its end. */
  interface Opening {
    FSDataOutputStream open() throws IOException;
  }

  HadoopAppendFile(RunStorage storage, String name, Opening opening) throws IOException {
    this.storage = storage;
    this.name = name;
    this.opening = opening;
    this.out = opening.open();
  }

  boolean canForce() {
    return out.hasCapability(StreamCapabilities.HSYNC);
  }

  @Override
  public byte[] readAll() throws IOException {
    return storage.read(name).orElseThrow(() -> new IOException(name + " is gone"));
  }

  /** Few file systems can; and it is for what a process left that died. */
  @Override
  public void truncate(long size) throws IOException {
    byte[] kept = Arrays.copyOf(readAll(), Math.toIntExact(size));
    try {
      out.close();
    } catch (IOException e) {
      // What it could not write is cut off.
    }
    storage.replace(name, kept);
    out = opening.open();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void force() throws IOException {
    out.hsync();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
