package dev.gauntlet.data;

import java.io.Serializable;
import java.util.List;

/**
 * A column of a {@link Table}.
 *
 * @param categories the words that occur in a categorical column, in the order of their first row;
 *     empty for numbers
 */
public record Column(String name, List<String> categories) implements Serializable {

  public Column {
    categories = List.copyOf(categories);
  }

  /** A column of numbers. */
  public static Column numeric(String name) {
    return new Column(name, List.of());
  }

  public boolean categorical() {
    return !categories.isEmpty();
  }
}
