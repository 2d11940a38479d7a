package dev.gauntlet.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A record as a line of the journal: {@code {"crc":"1a2b3c4d","seq":17,...}}, where the CRC-32C is
 * that of all bytes behind it up to the line's end.
 */
final class JournalLine {
  static final byte[] START = "{\"crc\":\"".getBytes(US_ASCII);
  private static final int DIGITS = 8;
  private static final int CHECKED_FROM = START.length + DIGITS + 1;

  private JournalLine() {}

  /** A line that is not what was written. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String what) {
      super(what);
    }
  }

  /** With its line break. */
  static byte[] of(JournalEntry entry) throws IOException {
    byte[] json = JournalJson.MAPPER.writeValueAsBytes(entry);
    json[0] = ',';
    var line = new ByteArrayOutputStream(CHECKED_FROM + json.length + 1);
    line.write(START);
    line.write(crc(json, 0, json.length).getBytes(US_ASCII));
    line.write('"');
    line.write(json);
    line.write('\n');
    return line.toByteArray();
  }

  /** CRC-32C in eight hexadecimal digits. */
  static String crc(byte[] bytes, int from, int to) {
    var crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return String.format("%08x", crc.getValue());
  }

  /** Whether the bytes, a line without its break, are as they were written. */
  static boolean isWhole(byte[] bytes, int from, int to) {
    int checked = from + CHECKED_FROM;
    return to > checked
        && Arrays.equals(bytes, from, from + START.length, START, 0, START.length)
        && new String(bytes, from + START.length, DIGITS, US_ASCII).equals(crc(bytes, checked, to))
        && bytes[checked - 1] == '"'
        && bytes[checked] == ',';
  }

  /** The record in whole bytes. */
  static JournalEntry entry(byte[] bytes, int from, int to) throws DamagedException {
    byte[] json = Arrays.copyOfRange(bytes, from + CHECKED_FROM, to);
    json[0] = '{';
    try {
      return JournalJson.MAPPER.readValue(json, JournalEntry.class);
    } catch (IOException e) {
      throw new DamagedException("not a record of this version: " + e.getMessage());
    }
  }
}
