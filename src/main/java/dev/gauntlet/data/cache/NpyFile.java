package dev.gauntlet.data.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file as {@code numpy.save} writes it: format version 1.0, little-endian. It is read only with
 * the type and shape that it is known to have.
 *
 * @param start where the items begin
 * @param item bytes of one
 */
record NpyFile(FileChannel channel, long start, int item) implements AutoCloseable {
  static final String FLOATS = "<f4";
  static final String DOUBLES = "<f8";
  static final String INTS = "<i4";
  private static final int CHUNK = 1 << 18;

  /** A new file. */
  static NpyFile create(Path path, String type, int... shape) throws IOException {
    byte[] header = header(type, shape);
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.write(ByteBuffer.wrap(header));
    return new NpyFile(channel, header.length, size(type));
  }

  private static int size(String type) {
    return type.charAt(2) - '0';
  }

  /**
   * A file that is there.
   *
   * @throws IOException if it has another type or shape, or is too short
   */
  static NpyFile open(Path path, String type, int... shape) throws IOException {
    byte[] header = header(type, shape);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      ByteBuffer found = ByteBuffer.allocate(header.length);
      fill(channel, found, 0);
      long items = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
      if (!Arrays.equals(found.array(), header)
          || channel.size() != header.length + size(type) * items) {
        throw new IOException(path.getFileName() + ": not of the type and shape it should have");
      }
      return new NpyFile(channel, header.length, size(type));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Two dimensions are in Fortran order, column after column. */
  private static byte[] header(String type, int... shape) {
    String sides = shape.length == 1 ? shape[0] + "," : shape[0] + ", " + shape[1];
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, shape.length == 1 ? "False" : "True", sides);
    // Mark, version and length take 10 bytes; padded to a multiple of 64, with a line break last.
    int length = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer header = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
    String padded = text + " ".repeat(length - text.length() - 1) + "\n";
    return header.put(padded.getBytes(StandardCharsets.US_ASCII)).array();
  }

  /** Room for items, between {@link #read} and {@link #write} and an array. */
  ByteBuffer buffer(int items) {
    return ByteBuffer.allocateDirect(item * items).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes all of the buffer from its start to its limit. */
  void write(ByteBuffer items, long first) throws IOException {
    items.rewind();
    while (items.hasRemaining()) {
      channel.write(items, start + item * first + items.position());
    }
  }

  /** Fills the buffer from its start to its limit. */
  void read(ByteBuffer items, long first) throws IOException {
    fill(channel, items, start + item * first);
  }

  private static void fill(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    bytes.rewind();
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, position + bytes.position());
      if (count < 0) {
        throw new EOFException("it ends too early");
      }
    }
    bytes.rewind();
  }

  /** Copies {@code count} items between the start of a chunk and an array, from {@code at} on. */
  private interface Copy {
    void items(ByteBuffer chunk, int at, int count);
  }

  /** Writes all items of a file with one dimension. */
  void write(int[] values) throws IOException {
    write(values.length, (chunk, at, count) -> chunk.asIntBuffer().put(values, at, count));
  }

  /** Writes all items of a file with one dimension. */
  void write(double[] values) throws IOException {
    write(values.length, (chunk, at, count) -> chunk.asDoubleBuffer().put(values, at, count));
  }

  private void write(int items, Copy copy) throws IOException {
    ByteBuffer chunk = buffer(CHUNK);
    for (int at = 0, count; at < items; at += count) {
      count = Math.min(CHUNK, items - at);
      copy.items(chunk.clear(), at, count);
      write(chunk.limit(item * count), at);
    }
  }

  /** Reads all items of a file with one dimension. */
  void read(int[] values) throws IOException {
    read(values.length, (chunk, at, count) -> chunk.asIntBuffer().get(values, at, count));
  }

  /** Reads all items of a file with one dimension. */
  void read(double[] values) throws IOException {
    read(values.length, (chunk, at, count) -> chunk.asDoubleBuffer().get(values, at, count));
  }

  private void read(int items, Copy copy) throws IOException {
    ByteBuffer chunk = buffer(CHUNK);
    for (int at = 0, count; at < items; at += count) {
      count = Math.min(CHUNK, items - at);
      read(chunk.clear().limit(item * count), at);
      copy.items(chunk, at, count);
    }
  }

  /** Until this returns, what was written may be lost with the machine. */
  void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
