package dev.gauntlet.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measurements for people. */
final class Figures {
  private Figures() {}

  /** Six significant digits; empty for NaN. */
  static String brief(double value) {
    return Double.isNaN(value) ? "" : rounded(value, 6);
  }

  /** Three significant digits. */
  static String rough(double value) {
    return rounded(value, 3);
  }

  private static String rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros().toString();
  }
}
