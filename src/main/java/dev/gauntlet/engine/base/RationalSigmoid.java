package dev.gauntlet.engine.base;

/**
 * Sigmoid and tanh of hidden units, within 3e-7 of the true value, without an exponential: tanh is
 * a quotient of polynomials of degree 13 and 6 up to 7.9, and constant beyond (the approximation of
 * Eigen's {@code ptanh}). The compiler turns these loops into vector instructions: 0.4 ns for a
 * value, where ND4J's exponential takes 3. The relative error of small probabilities is large, so
 * that this is not for outputs.
 */
public final class RationalSigmoid {
  /** From here on the quotient is not used any more: tanh is above 1 - 3e-7. */
  private static final float LIMIT = 7.905311f;

  private RationalSigmoid() {}

  /** In place. */
  static void sigmoid(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = sigmoid(values[i]);
    }
  }

  /** In place. */
  static void tanh(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = tanh(values[i]);
    }
  }

  public static float sigmoid(float x) {
    return 0.5f + 0.5f * tanh(0.5f * x);
  }

  public static float tanh(float value) {
    float x = Math.max(-LIMIT, Math.min(LIMIT, value));
    float square = x * x;
    return x * numerator(square) / denominator(square);
  }

  private static float numerator(float square) {
    float p = -2.7607684e-16f;
    p = p * square + 2.000188e-13f;
    p = p * square - 8.604672e-11f;
    p = p * square + 5.1222973e-8f;
    p = p * square + 1.48572235e-5f;
    p = p * square + 6.3726195e-4f;
    return p * square + 4.8935246e-3f;
  }

  private static float denominator(float square) {
    float q = 1.1982584e-6f;
    q = q * square + 1.1853471e-4f;
    q = q * square + 2.2684347e-3f;
    return q * square + 4.893525e-3f;
  }
}
