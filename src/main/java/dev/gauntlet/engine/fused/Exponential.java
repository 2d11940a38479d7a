package dev.gauntlet.engine.fused;

/**
 * The exponential of what is at most 0, within 3e-7 of its value, without a conversion between
 * numbers of different kinds: the compiler turns these loops into vector instructions if each is
 * short and goes through all its arrays from the same place on.
 */
final class Exponential {
  /** Below, it is as good as 0. */
  private static final float LEAST = -87;

  /** Adding it to a number leaves the nearest whole number in the last bits. */
  private static final float ROUNDING = 12582912;

  private static final float LOG2_E = 1.442695f;

  /** Log 2 in two parts: the first has few bits, so that a whole number times it is exact. */
  private static final float LOG_2_HIGH = 355 / 512f;

  private static final float LOG_2_LOW = -2.1219444e-4f;

  /** Values at a time, that stay near the processor from loop to loop. */
  private static final int PIECE = 2048;

  /** 2^-1, 2^-2, 2^-4 ... at 1, 2, 4 ... */
  private static final float[] FACTORS = new float[65];

  static {
    for (int power = 1; power <= 64; power *= 2) {
      FACTORS[power] = Math.scalb(1f, -power);
    }
  }

  private final float[] piece = new float[PIECE];
  private final float[] whole = new float[PIECE];

  /** In place. For one thread at a time. */
  void apply(float[] values, int size) {
    for (int from = 0; from < size; from += PIECE) {
      int length = Math.min(PIECE, size - from);
      System.arraycopy(values, from, piece, 0, length);
      split(piece, whole, length);
      powerOfFraction(piece, length);
      for (int power = 64; power >= 1; power /= 2) {
        multiply(piece, whole, length, power - 1, FACTORS[power]);
        subtract(whole, length, power);
      }
      System.arraycopy(piece, 0, values, from, length);
    }
  }

  /** x = fraction - whole log 2, the fraction within log 2 / 2 of 0. */
  private static void split(float[] values, float[] whole, int size) {
    for (int i = 0; i < size; i++) {
      float x = Math.max(LEAST, values[i]);
      float n = (x * LOG2_E + ROUNDING) - ROUNDING;
      whole[i] = -n;
      values[i] = (x - n * LOG_2_HIGH) - n * LOG_2_LOW;
    }
  }

  private static void powerOfFraction(float[] values, int size) {
    for (int i = 0; i < size; i++) {
      float f = values[i];
      float p = 1f / 720;
      p = p * f + 1f / 120;
      p = p * f + 1f / 24;
      p = p * f + 1f / 6;
      p = p * f + 0.5f;
      p = p * f + 1;
      values[i] = p * f + 1;
    }
  }

  /** Multiplies by 2^-power where more than {@code below} is left. */
  private static void multiply(float[] values, float[] whole, int size, float below, float factor) {
    for (int i = 0; i < size; i++) {
      float there = Math.max(0, Math.min(1, whole[i] - below));
      values[i] *= 1 - there + there * factor;
    }
  }

  private static void subtract(float[] whole, int size, float power) {
    for (int i = 0; i < size; i++) {
      whole[i] -= power * Math.max(0, Math.min(1, whole[i] - (power - 1)));
    }
  }
}
