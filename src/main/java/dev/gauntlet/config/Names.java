package dev.gauntlet.config;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Java names as YAML words: {@code batchNorm} and {@code BATCH_NORM} are {@code batch-norm}. */
public final class Names {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** Of names in our code, which are few and asked for again and again. */
  private static final Map<String, String> WORDS = new ConcurrentHashMap<>();

  private Names() {}

  /** The word of an enum constant. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The key of a record component, or the type word of a class. */
  public static String word(String javaName) {
    return WORDS.computeIfAbsent(
        javaName, name -> HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT));
  }

  /** A count and its noun: {@code 1 row}, {@code 2 rows}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  static List<String> words(Class<?> enumeration) {
    return Arrays.stream(enumeration.getEnumConstants()).map(c -> word((Enum<?>) c)).toList();
  }

  /** What else each constant may be called; null for those with one word. */
  static List<String> otherWords(Class<?> enumeration) {
    return Arrays.stream(enumeration.getFields())
        .filter(Field::isEnumConstant)
        .map(constant -> constant.getAnnotation(AlsoWritten.class))
        .map(other -> other == null ? null : other.value())
        .collect(Collectors.toList());
  }
}
