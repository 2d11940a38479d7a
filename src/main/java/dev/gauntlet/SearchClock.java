package dev.gauntlet;

import dev.gauntlet.journal.Journal;
import java.time.Duration;
import java.util.Map;

/**
 * The time of a search, against {@code search.max-time}: counted from its first trial, over all
 * runs of it. What it has used is noted in the journal now and then, so that a run which goes on
 * has what is left, and none at all where a run before it has used it up.
 */
final class SearchClock {
  private static final String MARK = "search-time";
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Duration limit;
  private final Journal journal;
  private final Duration before;
  private Long start;
  private Duration noted;

  /**
   * Of one run.
   *
   * @param limit null for none
   */
  SearchClock(Duration limit, Journal journal) {
    this.limit = limit;
    this.journal = journal;
    this.before =
        journal
            .marked(MARK)
            .map(mark -> Duration.ofMillis(((Number) mark.get("milliseconds")).longValue()))
            .orElse(Duration.ZERO);
    this.noted = before;
  }

  /** Whether a trial may begin. */
  boolean hasTime() {
    if (limit == null) {
      return true;
    }
    start = start == null ? (Long) System.nanoTime() : start;
    Duration used = before.plusNanos(System.nanoTime() - start);
    if (used.compareTo(noted.plus(INTERVAL)) > 0) {
      note(used);
    }
    return used.compareTo(limit) < 0;
  }

  /** The search has ended for lack of time. */
  void ranOut() {
    if (noted.compareTo(limit) < 0) {
      note(limit);
    }
  }

  private void note(Duration used) {
    noted = used;
    journal.mark(MARK, Map.of("milliseconds", used.toMillis()));
  }
}
