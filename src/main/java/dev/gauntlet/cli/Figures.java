package dev.gauntlet.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measurements for people. */
final class Figures {
  private Figures() {}

  /** Six significant digits; empty for NaN. */
  static String brief(double value) {
    return Double.isNaN(value)
        ? ""
        : new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toString();
  }
}
