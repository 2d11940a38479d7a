package dev.gauntlet.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The JSON schema of one value, and the name of what it accepts. It is never stricter than {@link
 * ScalarReader}, so that no editor marks a file that can be read.
 */
final class ScalarSchema {
  /** As YAML 1.2 sees text of the user's own: {@code 30}, {@code true}, nothing. */
  static final Map<String, Object> ANY_TEXT =
      Map.of("type", List.of("string", "number", "boolean", "null"));

  private ScalarSchema() {}

  /**
   * @param rules the component that holds the value; null for none
   */
  static Map<String, Object> of(Class<?> type, RecordComponent rules) {
    if (type.isEnum()) {
      List<Object> words = new ArrayList<>(Names.words(type));
      Names.otherWords(type).stream()
          .filter(Objects::nonNull)
          .forEach(word -> words.add(ScalarReader.plainValue(word)));
      return Map.of("enum", words);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == Duration.class) {
      Map<String, Object> text = new LinkedHashMap<>(Map.of("type", "string"));
      text.put("pattern", Durations.FORM.pattern());
      return text;
    }
    if (type == String.class) {
      boolean any = rules != null && rules.isAnnotationPresent(AnyText.class);
      return any ? ANY_TEXT : Map.of("type", "string");
    }
    Map<String, Object> number = number(type, bounds(rules));
    ZeroWord zero = rules == null ? null : rules.getAnnotation(ZeroWord.class);
    return zero == null
        ? number
        : Map.of("anyOf", List.of(Map.of("enum", List.of(zero.value())), number));
  }

  /** Such as {@code integer-from-1-to-100}; values of one name have one schema. */
  static String name(Class<?> type, RecordComponent rules) {
    if (!isNumber(type)) {
      boolean any = rules != null && rules.isAnnotationPresent(AnyText.class);
      return any ? "any-text" : Names.word(type.getSimpleName());
    }
    ZeroWord zero = rules == null ? null : rules.getAnnotation(ZeroWord.class);
    var name = new StringBuilder(zero == null ? "" : zero.value() + "-or-");
    name.append(isWhole(type) ? "integer" : "number");
    Bounds bounds = bounds(rules);
    if (bounds != null && bounds.min() != Double.NEGATIVE_INFINITY) {
      name.append(bounds.above() ? "-above-" : "-from-").append(number(bounds.min()));
    }
    if (bounds != null && bounds.max() != Double.POSITIVE_INFINITY) {
      name.append(bounds.below() ? "-below-" : "-to-").append(number(bounds.max()));
    }
    return name.toString();
  }

  static boolean isNumber(Class<?> type) {
    return isWhole(type) || type == double.class || type == Double.class;
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  private static Bounds bounds(RecordComponent rules) {
    return rules == null ? null : rules.getAnnotation(Bounds.class);
  }

  private static Map<String, Object> number(Class<?> type, Bounds bounds) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", isWhole(type) ? "integer" : "number");
    if (bounds != null && bounds.min() != Double.NEGATIVE_INFINITY) {
      schema.put(bounds.above() ? "exclusiveMinimum" : "minimum", number(bounds.min()));
    }
    if (bounds != null && bounds.max() != Double.POSITIVE_INFINITY) {
      schema.put(bounds.below() ? "exclusiveMaximum" : "maximum", number(bounds.max()));
    }
    return schema;
  }

  /** 1, not 1.0. */
  private static Number number(double bound) {
    return bound == Math.rint(bound) ? (Number) (long) bound : (Number) bound;
  }
}
