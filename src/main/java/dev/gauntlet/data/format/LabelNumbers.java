package dev.gauntlet.data.format;

import dev.gauntlet.data.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the labels of rows in the order of their first row. */
final class LabelNumbers {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final int[] rows;
  private int size;

  LabelNumbers(int[] rows) {
    this.rows = rows;
  }

  void add(String label) {
    Integer known = numbers.putIfAbsent(label, numbers.size());
    rows[size++] = known == null ? numbers.size() - 1 : known;
  }

  Target.Labels target() {
    return new Target.Labels(rows, List.copyOf(numbers.keySet()));
  }
}
