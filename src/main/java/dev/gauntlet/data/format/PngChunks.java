package dev.gauntlet.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The frame of a PNG file: chunks of a length, a type, data and a checksum. Checked here because
 * the JDK does not compare the checksums, and reserves what a length declares.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int HEADER = 0x49484452;
  private static final int END = 0x49454E44;
  private static final int COLOUR_TYPE = 25;

  private PngChunks() {}

  static boolean startsWithSignature(byte[] bytes) {
    return bytes.length >= 8 && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  /** Whether a file that passed the check says that it is grey, with or without alpha. */
  static boolean grey(byte[] bytes) {
    return bytes[COLOUR_TYPE] == 0 || bytes[COLOUR_TYPE] == 4;
  }

  /**
   * @throws IOException if a chunk is damaged or the last one is missing
   */
  static void check(byte[] bytes) throws IOException {
    var chunks = ByteBuffer.wrap(bytes).position(8);
    requireHeader(chunks);
    int type = 0;
    while (type != END) {
      int length = chunks.remaining() < 12 ? -1 : chunks.getInt();
      if (length < 0 || length > chunks.remaining() - 8) {
        throw new IOException("it ends too early");
      }
      type = chunks.getInt(chunks.position());
      var sum = new CRC32();
      sum.update(bytes, chunks.position(), 4 + length);
      chunks.position(chunks.position() + 4 + length);
      if (chunks.getInt() != (int) sum.getValue()) {
        throw new IOException("a part has a wrong checksum");
      }
    }
  }

  private static void requireHeader(ByteBuffer chunks) throws IOException {
    int start = chunks.position();
    if (chunks.remaining() < 25
        || chunks.getInt(start) != 13
        || chunks.getInt(start + 4) != HEADER) {
      throw new IOException("it has no header");
    }
  }
}
