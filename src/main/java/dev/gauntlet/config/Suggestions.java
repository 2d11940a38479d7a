package dev.gauntlet.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known word that is nearest to an unknown one. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * A sentence to append to an error: {@code " Maybe "label"."}, or all words if none is near, or
   * nothing if there are too many of them to list.
   */
  public static String maybe(String unknown, Collection<String> known) {
    return Optional.of(maybeNearest(unknown, known))
        .filter(text -> !text.isEmpty())
        .orElseGet(
            () ->
                known.isEmpty() || known.size() > 20
                    ? ""
                    : " Maybe one of: " + String.join(", ", known) + ".");
  }

  /** As {@link #maybe}, but nothing if no word is near. */
  public static String maybeNearest(String unknown, Collection<String> known) {
    return nearest(unknown, known).map(word -> " Maybe \"" + word + "\".").orElse("");
  }

  private static Optional<String> nearest(String unknown, Collection<String> known) {
    String lower = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
    int limit = unknown.length() < 3 ? 0 : Math.max(2, unknown.length() / 3);
    var distance = new LevenshteinDistance(limit);
    return known.stream()
        .filter(word -> distance(distance, lower, word) >= 0)
        .min(
            Comparator.comparingInt((String word) -> distance(distance, lower, word))
                .thenComparingInt(word -> Math.abs(word.length() - lower.length())));
  }

  private static int distance(LevenshteinDistance distance, String lower, String word) {
    return distance.apply(lower, word.toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
