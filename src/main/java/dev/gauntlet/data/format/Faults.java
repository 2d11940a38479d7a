package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects what is wrong with a source. Shows the first problems in String order, so that a report
 * does not depend on the order in which files were met, and counts the rest.
 */
final class Faults {
  private static final int MAX_SHOWN = 20;

  private final String source;
  private final TreeSet<String> shown = new TreeSet<>();
  private long count;

  Faults(String source) {
    this.source = source;
  }

  /**
   * @param text the value and the rule, and a sentence that begins "Maybe" where there is advice
   */
  void add(String path, String text) {
    if (!shown.add(path + ": " + text)) {
      return;
    }
    count++;
    if (shown.size() > MAX_SHOWN) {
      shown.pollLast();
    }
  }

  boolean none() {
    return count == 0;
  }

  void throwIfAny() {
    if (none()) {
      return;
    }
    List<String> problems = new ArrayList<>(shown);
    if (count > shown.size()) {
      problems.add(source + ": " + (count - shown.size()) + " more problems like these.");
    }
    throw new InvalidInputException(problems);
  }
}
