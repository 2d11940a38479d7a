package dev.gauntlet.config;

import dev.gauntlet.config.YamlNode.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Scalars to Java values. Text that YAML 1.1 and 1.2 read differently ({@code no}, {@code 012},
 * {@code 2024-01-01}) is an error, not a guess.
 */
final class ScalarReader {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9_]+");
  private static final Pattern NUMBER_LIKE =
      Pattern.compile(
          "[-+]?(0[xob])?[0-9][0-9a-fA-F_]*|0x[0-9a-fA-F_]+"
              + "|[-+]?([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?|[0-9]+(:[0-9]{2})+");
  private static final Set<String> TRUTH = Set.of("true", "false", "yes", "no", "on", "off");
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private final Problems problems;

  ScalarReader(Problems problems) {
    this.problems = problems;
  }

  /** A number or a truth value where the text is one in JSON, else the text. */
  static Object plainValue(String text) {
    if (INTEGER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (DECIMAL.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    return text.matches("true|false") ? (Object) Boolean.valueOf(text) : text;
  }

  /** Returns null after a problem, as all of these do. */
  String word(Scalar scalar, String path) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    if (NOTHING.contains(text)) {
      return problem(scalar, path, "nothing; the rule: a word.");
    }
    String other = otherMeaning(text);
    return other == null
        ? text
        : problem(
            scalar,
            path,
            text + " is " + other + "; the rule: a word. Maybe \"" + text + "\", in quotes.");
  }

  /** What some reader of YAML takes it for, where it is not in quotes; null for a word. */
  static String otherMeaning(String text) {
    return TRUTH.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? "a truth value"
        : DATE.matcher(text).matches()
            ? "a date or time"
            : DECIMAL.matcher(text).matches() || NUMBER_LIKE.matcher(text).matches()
                ? "a number"
                : null;
  }

  Boolean truth(Scalar scalar, String path) {
    if (scalar.plain() && scalar.text().equals("true")) {
      return true;
    }
    if (scalar.plain() && scalar.text().equals("false")) {
      return false;
    }
    String lower = scalar.text().toLowerCase(java.util.Locale.ROOT);
    String maybe =
        Set.of("yes", "on", "true").contains(lower)
            ? " Maybe true."
            : Set.of("no", "off", "false").contains(lower) ? " Maybe false." : "";
    return problem(scalar, path, scalar.kind() + "; the rule: true or false." + maybe);
  }

  Long integer(Scalar scalar, String path, Bounds bounds) {
    String text = scalar.text();
    if (!scalar.plain() || !INTEGER.matcher(text).matches()) {
      return problem(scalar, path, scalar.kind() + "; the rule: a whole number." + advice(scalar));
    }
    try {
      long value = Long.parseLong(text);
      return inside((double) value, bounds) ? (Long) value : outside(scalar, path, bounds);
    } catch (NumberFormatException e) {
      return problem(scalar, path, text + " is too large for a 64-bit number.");
    }
  }

  Double decimal(Scalar scalar, String path, Bounds bounds) {
    String text = scalar.text();
    if (!scalar.plain() || !DECIMAL.matcher(text).matches()) {
      return problem(scalar, path, scalar.kind() + "; the rule: a number." + advice(scalar));
    }
    double value = Double.parseDouble(text) + 0.0; // -0 is 0, and not another choice.
    if (Double.isInfinite(value)) {
      return problem(scalar, path, text + " is too large for a 64-bit number.");
    }
    return inside(value, bounds) ? (Double) value : outside(scalar, path, bounds);
  }

  Duration duration(Scalar scalar, String path) {
    Optional<Duration> value = Durations.parse(scalar.text());
    return value.isPresent()
        ? value.get()
        : problem(scalar, path, scalar.kind() + "; the rule: " + Durations.RULE + ".");
  }

  Object constant(Scalar scalar, String path, Class<?> enumeration) {
    List<String> words = Names.words(enumeration);
    int index = words.indexOf(scalar.text());
    if (index < 0) {
      index = Names.otherWords(enumeration).indexOf(scalar.text());
    }
    if (index >= 0) {
      return enumeration.getEnumConstants()[index];
    }
    boolean few = words.size() <= 6;
    return problem(
        scalar,
        path,
        scalar.kind()
            + "; the rule: "
            + (few ? String.join(" or ", words) : "a known word")
            + "."
            + (few
                ? Suggestions.maybeNearest(scalar.text(), words)
                : Suggestions.maybe(scalar.text(), words)));
  }

  private static boolean inside(double value, Bounds bounds) {
    return bounds == null
        || ((bounds.above() ? value > bounds.min() : value >= bounds.min())
            && (bounds.below() ? value < bounds.max() : value <= bounds.max()));
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // Always null.
  private <T> T outside(Scalar scalar, String path, Bounds bounds) {
    String low =
        bounds.min() == Double.NEGATIVE_INFINITY
            ? ""
            : (bounds.above() ? "above " : "at least ") + plain(bounds.min());
    String high =
        bounds.max() == Double.POSITIVE_INFINITY
            ? ""
            : (bounds.below() ? "below " : "at most ") + plain(bounds.max());
    String rule = low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
    boolean advised =
        !bounds.maybe().isEmpty() && Double.parseDouble(scalar.text()) <= bounds.min();
    String maybe = advised ? " Maybe " + bounds.maybe() + "." : "";
    return problem(scalar, path, scalar.text() + "; the rule: " + rule + "." + maybe);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  private static String advice(Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain() && DECIMAL.matcher(text).matches()) {
      return " Maybe without quotes.";
    }
    if (LEADING_ZERO.matcher(text).matches()) {
      return " With a leading zero it is octal to some readers of YAML. Maybe "
          + text.replace("_", "").replaceFirst("^([-+]?)0+(?=[0-9])", "$1")
          + ".";
    }
    if (text.matches("-?[0-9]+\\.0*")) {
      return " Maybe " + text.substring(0, text.indexOf('.')) + ".";
    }
    if (text.matches("[-+]?[0-9][0-9_.]*") && text.matches(".*[_+].*")) {
      return " Maybe " + text.replace("_", "").replace("+", "") + ".";
    }
    return "";
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // Always null.
  private <T> T problem(Scalar scalar, String path, String text) {
    problems.add(scalar.at(), path, text);
    return null;
  }
}
