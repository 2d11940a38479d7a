package dev.gauntlet.leaderboard;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text. */
final class Numbers {
  private Numbers() {}

  /**
   * The shortest digits that give the same number back, the same on every JDK (before 19, {@code
   * Double.toString} gives more); empty for NaN.
   */
  static String exact(double value) {
    return Double.isNaN(value) ? "" : NumberOutput.toString(value, true);
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

  /** A p-value for people. */
  static String pValue(double value) {
    return Double.isNaN(value)
        ? "-"
        : value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }
}
