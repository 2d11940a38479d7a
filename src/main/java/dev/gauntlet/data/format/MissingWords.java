package dev.gauntlet.data.format;

import java.util.Set;

/** Words that stand for a missing value. */
public final class MissingWords {
  private static final Set<String> WORDS =
      Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");

  private MissingWords() {}

  /** Whether a cell without spaces around it has no value. */
  public static boolean contains(String cell) {
    // The first character tells most numbers.
    return cell.isEmpty() || (cell.charAt(0) > '9' && WORDS.contains(cell));
  }
}
