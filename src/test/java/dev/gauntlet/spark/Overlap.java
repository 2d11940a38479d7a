package dev.gauntlet.spark;

import java.util.Collection;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What ran side by side. */
final class Overlap {
  private Overlap() {}

  /** How many of them there were at a time, at most. */
  static <T> int most(Collection<T> all, ToLongFunction<T> begin, ToLongFunction<T> end) {
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (T one : all) {
      changes.merge(begin.applyAsLong(one), 1, Integer::sum);
      changes.merge(end.applyAsLong(one), -1, Integer::sum);
    }
    int now = 0;
    int most = 0;
    for (int change : changes.values()) {
      now += change;
      most = Math.max(most, now);
    }
    return most;
  }
}
