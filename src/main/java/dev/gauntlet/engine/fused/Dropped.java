package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.DropoutMask;
import dev.gauntlet.engine.fused.Plan.Noise;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;

/** Inputs of a layer with noise, and what their gradient is multiplied by. */
abstract class Dropped {
  /** What gradients are multiplied by. */
  final float[] factors;

  final float[] values;

  private Dropped(int size) {
    factors = new float[size];
    values = new float[size];
  }

  /**
   * Null for a layer without noise.
   *
   * @param size of its inputs, at most
   */
  static Dropped of(Noise noise, int size) {
    if (noise == null) {
      return null;
    }
    return switch (noise.type()) {
      case PLAIN -> new Plain(noise.keep(), size);
      case GAUSSIAN -> new Gaussian(noise.keep(), size);
      case ALPHA -> new Alpha(noise.keep(), size);
    };
  }

  /**
   * @param seed the noise is a function of it
   */
  abstract float[] forward(float[] in, int size, long seed);

  void backward(float[] delta, int size) {
    Loops.multiply(delta, factors, size);
  }

  private static void multiply(float[] values, float[] factors, float[] target, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = values[i] * factors[i];
    }
  }

  private static void scale(float[] values, float[] target, float factor, float term, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = values[i] * factor + term;
    }
  }

  /** Some become 0, the others larger. */
  private static final class Plain extends Dropped {
    private final DropoutMask mask;

    Plain(double keep, int size) {
      super(size);
      mask = new DropoutMask(keep);
    }

    @Override
    float[] forward(float[] in, int size, long seed) {
      mask.fill(seed, factors, 0, size);
      multiply(in, factors, values, size);
      return values;
    }
  }

  /** All are multiplied by normal numbers around 1 (Srivastava and others 2014, section 10). */
  private static final class Gaussian extends Dropped {
    private final double deviation;

    Gaussian(double keep, int size) {
      super(size);
      deviation = Math.sqrt((1 - keep) / keep);
    }

    @Override
    float[] forward(float[] in, int size, long seed) {
      var random = new SplittableRandom(seed);
      for (int i = 0; i < size; i++) {
        factors[i] = (float) random.nextGaussian(1, deviation);
      }
      multiply(in, factors, values, size);
      return values;
    }
  }

  /**
   * Some become the least that a SELU gives, and all are scaled so that mean and variance stay
   * (Klambauer and others 2017).
   */
  private static final class Alpha extends Dropped {
    private final DropoutMask mask;
    private final float keep;
    private final float least;
    private final float scale;
    private final float shift;
    private final float[] terms;

    Alpha(double keep, int size) {
      super(size);
      var dropout = new AlphaDropout(keep);
      this.mask = new DropoutMask(keep);
      this.keep = (float) keep;
      this.least = (float) (-dropout.getLambda() * dropout.getAlpha());
      this.scale = (float) dropout.a(keep);
      this.shift = (float) dropout.b(keep);
      this.terms = new float[size];
    }

    @Override
    float[] forward(float[] in, int size, long seed) {
      mask.fill(seed, factors, 0, size);
      scale(factors, terms, -keep * scale * least, scale * least + shift, size);
      scale(factors, factors, keep * scale, 0, size);
      multiply(in, factors, values, size);
      Loops.add(values, terms, size);
      return values;
    }
  }
}
