package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text. */
final class Numbers {
  private Numbers() {}

  /** Any value of a cell. */
  static String text(Object value) {
    return value instanceof Double number ? Decimals.of(number) : value.toString();
  }

  /** For people: four digits after the point; {@code -} for NaN. */
  static String brief(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** For people: two significant digits. */
  static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toString();
  }

  /** A share of 1 for people, in whole per cent. */
  static String share(double value) {
    return Math.round(100 * value) + " %";
  }

  /** A p-value in a sentence. */
  static String p(double value) {
    return "p " + pValue(value);
  }

  /** A probability for people. */
  static String probability(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A p-value for people. */
  static String pValue(double value) {
    return Double.isNaN(value)
        ? "-"
        : value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }
}
