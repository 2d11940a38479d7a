package dev.gauntlet.journal;

import dev.gauntlet.validate.BaselineTrialResult;
import dev.gauntlet.validate.TrialResult;
import java.util.Map;

/**
 * A record of the journal: one of its components, and its number.
 *
 * @param seq from 0 on, without a gap
 */
record JournalEntry(
    long seq, Header header, Finished trial, BaselineTrialResult baseline, Mark mark) {

  /**
   * A trial that was finished.
   *
   * @param digest of its candidate
   * @param again whether it stands for an earlier record that broke, or whose files are gone
   * @param result without the bytes that are files of their own
   * @param model null if there is none
   * @param rows the table of test rows; null if there is none
   */
  record Finished(
      String digest, boolean again, TrialResult result, StoredFile model, StoredFile rows) {}

  /** Something that happened in the run. */
  record Mark(String name, Map<String, Object> values) {}

  static JournalEntry of(Header header) {
    return new JournalEntry(0, header, null, null, null);
  }

  static JournalEntry of(Finished trial) {
    return new JournalEntry(0, null, trial, null, null);
  }

  static JournalEntry of(BaselineTrialResult baseline) {
    return new JournalEntry(0, null, null, baseline, null);
  }

  static JournalEntry of(Mark mark) {
    return new JournalEntry(0, null, null, null, mark);
  }

  JournalEntry numbered(long number) {
    return new JournalEntry(number, header, trial, baseline, mark);
  }
}
