package dev.gauntlet.spark;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What the values of a key are in objects of JSON, and where each sort is met first. */
final class JsonColumn implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a value can be; null and words for it are nothing. */
  enum Sort {
    INTEGER("a number"),
    DECIMAL("a number"),
    TRUTH("true or false"),
    TEXT("text"),
    NUMBERS("an array of numbers"),
    NESTED("an object or an array");

    private final String words;

    Sort(String words) {
      this.words = words;
    }
  }

  private final Map<Sort, Long> lines = new EnumMap<>(Sort.class);
  private final Map<Sort, String> places = new EnumMap<>(Sort.class);

  /**
   * Notes a value.
   *
   * @param line that it is in, from 0 in its piece of a file
   */
  void add(Sort sort, long line) {
    lines.putIfAbsent(sort, line);
  }

  /** Adds what a later piece has. */
  void addAll(JsonColumn later, String file, long before) {
    later.lines.forEach((sort, line) -> places.putIfAbsent(sort, file + ":" + (before + line + 1)));
  }

  Field field(String name) {
    Set<Sort> sorts = places.keySet();
    if (sorts.isEmpty()) {
      return Field.of(name, Kind.NOTHING, DataTypes.StringType, "null");
    }
    if (sorts.equals(Set.of(Sort.NUMBERS))) {
      DataType type = DataTypes.createArrayType(DataTypes.DoubleType);
      return Field.of(name, Kind.NUMBERS, type, "array of numbers");
    }
    if (sorts.contains(Sort.NESTED) || sorts.contains(Sort.NUMBERS)) {
      return Field.of(name, Kind.NESTED, DataTypes.StringType, shown());
    }
    if (EnumSet.of(Sort.INTEGER, Sort.DECIMAL).containsAll(sorts)) {
      boolean whole = !sorts.contains(Sort.DECIMAL);
      DataType type = whole ? DataTypes.LongType : DataTypes.DoubleType;
      return Field.of(name, Kind.NUMBER, type, "number");
    }
    if (sorts.size() > 1) {
      return Field.of(name, Kind.MIXED, DataTypes.StringType, shown());
    }
    return sorts.contains(Sort.TRUTH)
        ? Field.of(name, Kind.NUMBER, DataTypes.BooleanType, "true or false")
        : Field.of(name, Kind.WORD, DataTypes.StringType, "text");
  }

  private String shown() {
    return places.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().words, Map.Entry::getValue, (a, b) -> a))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
