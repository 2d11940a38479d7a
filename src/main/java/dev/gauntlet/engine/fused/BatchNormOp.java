package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.fused.Plan.Normalized;
import java.util.Arrays;

/**
 * Batch normalisation (Ioffe and Szegedy 2015). What is one number per unit is repeated for each
 * row: a long loop through arrays of the same shape is much faster than a short one for each row.
 */
final class BatchNormOp implements Op {
  private static final double LOG_10 = StrictMath.log(10);

  private final Normalized part;
  private final int width;
  private final int places;

  /** Rows that loops go over at once: all of them, or the places of an image. */
  private final int chunk;

  private final int from;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] normal;
  private final float[] out;
  private final float[] piece;
  private final float[] sums;
  private final float[] rest;
  private final float[] factors;
  private final float[] terms;
  private final double[] dBeta;
  private final double[] dGamma;
  private final double[] mean;
  private final double[] variance;

  /**
   * @param from where its numbers begin: gamma, beta, running mean, running variance
   * @param capacity rows, at most
   */
  BatchNormOp(Normalized part, Memory memory, int from, int capacity) {
    this.part = part;
    this.width = part.maps() == null ? part.units() + 1 : part.units();
    this.places = part.maps() == null ? 1 : part.maps().height() * part.maps().width();
    this.from = from;
    this.parameters = memory.parameters();
    this.gradient = memory.gradient();
    this.normal = new float[capacity * places * width];
    this.out = new float[capacity * places * width];
    this.chunk = part.maps() == null ? capacity : places;
    this.piece = new float[chunk * width];
    this.sums = new float[chunk * width];
    this.rest = new float[chunk * width];
    this.factors = new float[chunk * width];
    this.terms = new float[chunk * width];
    this.dBeta = new double[width];
    this.dGamma = new double[width];
    this.mean = new double[width];
    this.variance = new double[width];
  }

  private float gamma(int unit) {
    return parameters[from + unit];
  }

  private float beta(int unit) {
    return parameters[from + part.units() + unit];
  }

  @Override
  public float[] forward(float[] in, int size, boolean training) {
    int rows = size * places;
    int units = part.units();
    if (!training) {
      for (int unit = 0; unit < units; unit++) {
        double deviation = deviation(runningVariance(unit));
        factors[unit] = (float) (gamma(unit) / deviation);
        terms[unit] = beta(unit) - parameters[from + 2 * units + unit] * factors[unit];
      }
      scale(in, out, rows);
      return out;
    }
    statistics(in, rows);
    for (int unit = 0; unit < units; unit++) {
      factors[unit] = (float) (1 / deviation(variance[unit]));
      terms[unit] = (float) (-mean[unit] / deviation(variance[unit]));
    }
    scale(in, normal, rows);
    for (int unit = 0; unit < units; unit++) {
      factors[unit] = gamma(unit);
      terms[unit] = beta(unit);
    }
    scale(normal, out, rows);
    return out;
  }

  private double runningVariance(int unit) {
    float kept = parameters[from + 3 * part.units() + unit];
    return part.logarithmic() ? StrictMath.exp(2 * LOG_10 * kept) : kept;
  }

  private double deviation(double squares) {
    return Math.sqrt(squares + part.epsilon());
  }

  /** Mean and variance of each column, in two passes. */
  private void statistics(float[] in, int rows) {
    add(in, null, rows, mean);
    for (int unit = 0; unit < width; unit++) {
      mean[unit] /= rows;
      factors[unit] = 1;
      terms[unit] = (float) -mean[unit];
    }
    scale(in, normal, rows);
    add(normal, normal, rows, variance);
    for (int unit = 0; unit < width; unit++) {
      variance[unit] /= rows;
    }
  }

  /** {@code in * factors + terms}, where these are given for one row. */
  private void scale(float[] in, float[] target, int rows) {
    repeat(factors, Math.min(chunk, rows));
    repeat(terms, Math.min(chunk, rows));
    if (rows <= chunk) {
      scale(in, factors, terms, target, rows * width);
      return;
    }
    int size = chunk * width;
    for (int at = 0; at < rows * width; at += size) {
      System.arraycopy(in, at, piece, 0, size);
      scale(piece, factors, terms, piece, size);
      System.arraycopy(piece, 0, target, at, size);
    }
  }

  private void repeat(float[] values, int rows) {
    int size = rows * width;
    for (int done = width; done < size; done *= 2) {
      System.arraycopy(values, 0, values, done, Math.min(done, size - done));
    }
  }

  private static void scale(float[] in, float[] factors, float[] terms, float[] target, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = in[i] * factors[i] + terms[i];
    }
  }

  /** Sums of columns of the products of two arrays, or of one. */
  private void add(float[] first, float[] second, int rows, double[] target) {
    Arrays.fill(target, 0);
    for (int row = 0; row < rows; row += chunk) {
      add(first, second, row, Math.min(chunk, rows - row), target);
    }
  }

  /** Half of the rows at a time. */
  private void add(float[] first, float[] second, int row, int rows, double[] target) {
    System.arraycopy(first, row * width, sums, 0, rows * width);
    if (second != null) {
      System.arraycopy(second, row * width, piece, 0, rows * width);
      Loops.multiply(sums, piece, rows * width);
    }
    int left = rows;
    while (left > 1) {
      int half = left / 2;
      // The rest comes to the front, where the loop can begin.
      System.arraycopy(sums, (left - half) * width, rest, 0, half * width);
      Loops.add(sums, rest, half * width);
      left -= half;
    }
    for (int i = 0; i < width; i++) {
      target[i] += sums[i];
    }
  }

  /** Of n rows, with s the deviation: (gamma / s) (delta - mean(delta) - x mean(delta x)). */
  @Override
  public float[] backward(float[] delta, int size) {
    int rows = size * places;
    int units = part.units();
    add(delta, null, rows, dBeta);
    add(delta, normal, rows, dGamma);
    for (int unit = 0; unit < units; unit++) {
      gradient[from + unit] = (float) dGamma[unit];
      gradient[from + units + unit] = (float) dBeta[unit];
      // DL4J takes these as a step of the optimizer, and clips them as one.
      double share = 1 - part.decay();
      float runningMean = parameters[from + 2 * units + unit];
      double before = runningVariance(unit);
      double change = share * (before - variance[unit]);
      gradient[from + 2 * units + unit] = (float) (share * (runningMean - mean[unit]));
      gradient[from + 3 * units + unit] =
          (float)
              (part.logarithmic()
                  ? 0.5 / LOG_10 * StrictMath.log(before / (before - change))
                  : change);
      factors[unit] = (float) (-dGamma[unit] / rows);
      terms[unit] = (float) (-dBeta[unit] / rows);
    }
    scale(normal, out, rows);
    for (int unit = 0; unit < units; unit++) {
      factors[unit] = (float) (gamma(unit) / deviation(variance[unit]));
      terms[unit] = 0;
    }
    Loops.add(delta, out, rows * width);
    scale(delta, delta, rows);
    return delta;
  }
}
