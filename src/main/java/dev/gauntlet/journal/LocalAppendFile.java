package dev.gauntlet.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of this machine, through its channel. */
record LocalAppendFile(FileChannel channel) implements AppendFile {

  @Override
  public byte[] readAll() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes, bytes.position());
    }
    return bytes.array();
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    channel.position(channel.size());
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
