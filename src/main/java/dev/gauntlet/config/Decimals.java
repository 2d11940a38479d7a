package dev.gauntlet.config;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers as the shortest digits that give the same number back, the same on every JDK: before 19,
 * {@code Double.toString} gives more.
 */
public final class Decimals {
  private Decimals() {}

  /** Of 64 bits; empty for NaN. */
  public static String of(double value) {
    return Double.isNaN(value) ? "" : NumberOutput.toString(value, true);
  }

  /** Of 32 bits; empty for NaN. */
  public static String of(float value) {
    return Float.isNaN(value) ? "" : NumberOutput.toString(value, true);
  }
}
