package dev.gauntlet.data.format;

import java.io.IOException;
import java.io.InputStream;

/** Reads a {@link Blob} from its start and knows where it is. */
final class ByteSource implements AutoCloseable {
  private final Blob blob;
  private final InputStream in;
  private long position;

  ByteSource(Blob blob, InputStream in) {
    this.blob = blob;
    this.in = in;
  }

  long position() {
    return position;
  }

  long left() {
    return blob.size() - position;
  }

  /**
   * The next bytes.
   *
   * @param what they are, for the error if there are fewer
   */
  byte[] take(int count, String what) {
    if (count > left()) {
      throw blob.problemAt(
          position,
          what + " of " + count + " bytes, but " + left() + " follow",
          "a complete file",
          "it is truncated, get it again");
    }
    byte[] bytes = new byte[count];
    fill(bytes, count);
    return bytes;
  }

  /** Overwrites the first {@code count} bytes of the target. */
  void fill(byte[] target, int count) {
    try {
      int read = in.readNBytes(target, 0, count);
      position += read;
      if (read < count) {
        throw blob.problemAt(
            position,
            "the end, before the " + blob.size() + " bytes there were",
            "nothing writes to a file that is read",
            "something did, try again");
      }
    } catch (IOException e) {
      throw blob.unreadable(e);
    }
  }

  void skip(long count) {
    try {
      in.skipNBytes(count);
      position += count;
    } catch (IOException e) {
      throw blob.unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw blob.unreadable(e);
    }
  }
}
