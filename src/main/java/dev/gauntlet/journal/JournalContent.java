package dev.gauntlet.journal;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.journal.JournalLine.DamagedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the bytes of a journal hold.
 *
 * @param whole bytes of the records
 * @param torn bytes of a last line that a process was writing when it died
 */
record JournalContent(List<JournalEntry> entries, int whole, int torn) {

  /**
   * Reads all records.
   *
   * @param place of the journal, for messages
   * @throws InvalidInputException if anything but the last line is not what was written
   */
  static JournalContent of(String place, byte[] bytes) {
    List<JournalEntry> entries = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = lineEnd(bytes, from);
      try {
        if (isTorn(bytes, from, to)) {
          return new JournalContent(entries, from, bytes.length - from);
        }
        entries.add(entry(bytes, from, to, entries.size()));
      } catch (DamagedException e) {
        throw new InvalidInputException(
            place
                + ":"
                + (entries.size() + 1)
                + ": "
                + e.getMessage()
                + "; nothing was changed. Maybe copy the file back from a backup, or --fresh"
                + " starts over in a new folder.");
      }
      from = to + 1;
    }
    return new JournalContent(entries, from, 0);
  }

  /** Whether a run has begun: all that is written before is cut off as torn. */
  static boolean hasHeader(byte[] bytes) {
    int to = lineEnd(bytes, 0);
    return to < bytes.length - 1 || (to < bytes.length && JournalLine.isWhole(bytes, 0, to));
  }

  /** The place of the next line break, or of the end. */
  private static int lineEnd(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && bytes[to] != '\n') {
      to++;
    }
    return to;
  }

  /** Whether this is what an append leaves that was not finished. */
  private static boolean isTorn(byte[] bytes, int from, int to) throws DamagedException {
    boolean last = to >= bytes.length - 1;
    boolean whole = JournalLine.isWhole(bytes, from, to);
    if (whole && to < bytes.length) {
      return false;
    }
    if (!last) {
      throw new DamagedException("damaged, its CRC-32C is wrong");
    }
    if (!whole && holdsRecord(bytes, from, to)) {
      throw new DamagedException("damaged, a line break is missing");
    }
    return true;
  }

  /** Whether a record that was finished is at the beginning of a line, and another one behind. */
  private static boolean holdsRecord(byte[] bytes, int from, int to) {
    byte[] start = JournalLine.START;
    for (int i = from + 1; i <= to - start.length; i++) {
      if (Arrays.equals(bytes, i, i + start.length, start, 0, start.length)
          && JournalLine.isWhole(bytes, from, i - 1)) {
        return true;
      }
    }
    return false;
  }

  private static JournalEntry entry(byte[] bytes, int from, int to, int number)
      throws DamagedException {
    JournalEntry entry = JournalLine.entry(bytes, from, to);
    if (entry.seq() != number) {
      throw new DamagedException("record " + entry.seq() + " where record " + number + " belongs");
    }
    if (number == 0 && entry.header() == null) {
      throw new DamagedException("no header");
    }
    return entry;
  }
}
