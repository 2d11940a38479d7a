package dev.gauntlet.engine.fused;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * DL4J's optimizers, number by number: each turns a gradient into what is taken from the weights.
 * The state is one array for each kind of it, as long as the weights.
 */
abstract class Optimizer {
  private final int states;

  private Optimizer(int states) {
    this.states = states;
  }

  /** Arrays of state. */
  int states() {
    return states;
  }

  /**
   * Turns the gradient from {@code from} to {@code to - 1} into the update, in place.
   *
   * @param step from 0
   */
  abstract void apply(float[] g, float[][] state, int from, int to, double rate, int step);

  static boolean knows(IUpdater updater) {
    return (updater instanceof Nesterovs momentum && momentum.getMomentumISchedule() == null)
        || updater instanceof Sgd
        || updater instanceof RmsProp
        || updater instanceof AdaGrad
        || updater instanceof AdaDelta
        || updater instanceof Adam
        || updater instanceof AdaMax
        || updater instanceof Nadam
        || updater instanceof AMSGrad;
  }

  static Optimizer of(IUpdater updater) {
    if (updater instanceof Sgd) {
      return new Plain();
    }
    if (updater instanceof Nesterovs one) {
      return new Momentum((float) one.getMomentum());
    }
    if (updater instanceof RmsProp one) {
      return new Rms((float) one.getRmsDecay(), (float) one.getEpsilon());
    }
    if (updater instanceof AdaGrad one) {
      return new Ada((float) one.getEpsilon());
    }
    if (updater instanceof AdaDelta one) {
      return new Delta((float) one.getRho(), (float) one.getEpsilon());
    }
    if (updater instanceof Adam one) {
      return new Moments(one.getBeta1(), one.getBeta2(), one.getEpsilon());
    }
    if (updater instanceof AdaMax one) {
      return new Max(one.getBeta1(), one.getBeta2());
    }
    if (updater instanceof Nadam one) {
      return new NesterovMoments(one.getBeta1(), one.getBeta2(), one.getEpsilon());
    }
    AMSGrad one = (AMSGrad) updater;
    return new MaxMoments(one.getBeta1(), one.getBeta2(), one.getEpsilon());
  }

  private static final class Plain extends Optimizer {
    Plain() {
      super(0);
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      float lr = (float) rate;
      for (int i = from; i < to; i++) {
        g[i] *= lr;
      }
    }
  }

  private static final class Momentum extends Optimizer {
    private final float momentum;

    Momentum(float momentum) {
      super(1);
      this.momentum = momentum;
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      momentum(g, state[0], from, to, (float) rate, momentum);
    }

    private static void momentum(float[] g, float[] v, int from, int to, float lr, float mu) {
      for (int i = from; i < to; i++) {
        float before = mu * v[i];
        float now = before - lr * g[i];
        v[i] = now;
        g[i] = before - (1 + mu) * now;
      }
    }
  }

  private static final class Rms extends Optimizer {
    private final float decay;
    private final float epsilon;

    Rms(float decay, float epsilon) {
      super(1);
      this.decay = decay;
      this.epsilon = epsilon;
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      rms(g, state[0], from, to, (float) rate);
    }

    private void rms(float[] g, float[] v, int from, int to, float lr) {
      float d = decay;
      float e = epsilon;
      for (int i = from; i < to; i++) {
        float square = d * v[i] + g[i] * g[i] * (1 - d);
        v[i] = square;
        g[i] = lr * g[i] / ((float) Math.sqrt(square) + e);
      }
    }
  }

  private static final class Ada extends Optimizer {
    private final float epsilon;

    Ada(float epsilon) {
      super(1);
      this.epsilon = epsilon;
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      ada(g, state[0], from, to, (float) rate, epsilon);
    }

    private static void ada(float[] g, float[] v, int from, int to, float lr, float e) {
      for (int i = from; i < to; i++) {
        float square = v[i] + g[i] * g[i];
        v[i] = square;
        g[i] = lr * g[i] / ((float) Math.sqrt(square) + e);
      }
    }
  }

  private static final class Delta extends Optimizer {
    private final float rho;
    private final float epsilon;

    Delta(float rho, float epsilon) {
      super(2);
      this.rho = rho;
      this.epsilon = epsilon;
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      delta(g, state[0], state[1], from, to, rho, epsilon);
    }

    private static void delta(
        float[] g, float[] squares, float[] updates, int from, int to, float rho, float e) {
      for (int i = from; i < to; i++) {
        float square = rho * squares[i] + (1 - rho) * g[i] * g[i];
        squares[i] = square;
        float ratio = (float) Math.sqrt(updates[i] + e) / (float) Math.sqrt(square + e);
        float update = g[i] * ratio;
        updates[i] = rho * updates[i] + (1 - rho) * update * update;
        g[i] = update;
      }
    }
  }

  /** Those with decaying means of gradients and of squares. */
  private abstract static class Decaying extends Optimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;

    Decaying(int states, double beta1, double beta2, double epsilon) {
      super(states);
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = epsilon;
    }

    /** 1 / (1 - beta1^(step + 1)). */
    double correction1(int step) {
      return 1 / (1 - power(beta1, step + 1.0));
    }

    double correction2(int step) {
      return Math.sqrt(1 - power(beta2, step + 1.0));
    }

    /** Not by {@code StrictMath.pow}, which makes arrays. */
    private static double power(double base, double exponent) {
      return StrictMath.exp(exponent * StrictMath.log(base));
    }

    float beta1() {
      return (float) beta1;
    }

    float beta2() {
      return (float) beta2;
    }

    float epsilon() {
      return (float) epsilon;
    }
  }

  private static final class Moments extends Decaying {
    Moments(double beta1, double beta2, double epsilon) {
      super(2, beta1, beta2, epsilon);
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      float a = (float) (rate * correction2(step) * correction1(step));
      adam(g, state[0], state[1], from, to, a, beta1(), beta2(), epsilon());
    }

    private static void adam(
        float[] g, float[] m, float[] v, int from, int to, float a, float b1, float b2, float e) {
      for (int i = from; i < to; i++) {
        float mean = b1 * m[i] + g[i] * (1 - b1);
        float square = b2 * v[i] + g[i] * g[i] * (1 - b2);
        m[i] = mean;
        v[i] = square;
        g[i] = mean * a / ((float) Math.sqrt(square) + e);
      }
    }
  }

  private static final class Max extends Decaying {
    Max(double beta1, double beta2) {
      super(2, beta1, beta2, 0);
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      float a = (float) (rate * correction1(step));
      max(g, state[0], state[1], from, to, a, beta1(), beta2());
    }

    private static void max(
        float[] g, float[] m, float[] u, int from, int to, float a, float b1, float b2) {
      for (int i = from; i < to; i++) {
        float mean = b1 * m[i] + g[i] * (1 - b1);
        float largest = Math.max(b2 * u[i], Math.abs(g[i])) + 1e-32f;
        m[i] = mean;
        u[i] = largest;
        g[i] = mean * a / largest;
      }
    }
  }

  private static final class NesterovMoments extends Decaying {
    NesterovMoments(double beta1, double beta2, double epsilon) {
      super(2, beta1, beta2, epsilon);
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      float a = (float) (rate * correction1(step));
      nadam(g, state[0], state[1], from, to, a, beta1(), beta2(), epsilon());
    }

    private static void nadam(
        float[] g, float[] m, float[] v, int from, int to, float a, float b1, float b2, float e) {
      for (int i = from; i < to; i++) {
        float now = g[i] * (1 - b1);
        float mean = b1 * m[i] + now;
        float square = b2 * v[i] + g[i] * g[i] * (1 - b2);
        m[i] = mean;
        v[i] = square;
        g[i] = a * (mean * b1 + now) / ((float) Math.sqrt(square) + e);
      }
    }
  }

  private static final class MaxMoments extends Decaying {
    MaxMoments(double beta1, double beta2, double epsilon) {
      super(3, beta1, beta2, epsilon);
    }

    @Override
    void apply(float[] g, float[][] state, int from, int to, double rate, int step) {
      float a = (float) (rate * correction2(step) * correction1(step));
      amsgrad(g, state[0], state[1], state[2], from, to, a);
    }

    private void amsgrad(float[] g, float[] m, float[] v, float[] h, int from, int to, float a) {
      float b1 = beta1();
      float b2 = beta2();
      float e = epsilon();
      for (int i = from; i < to; i++) {
        float mean = b1 * m[i] + g[i] * (1 - b1);
        float square = b2 * v[i] + g[i] * g[i] * (1 - b2);
        float largest = Math.max(h[i], square);
        m[i] = mean;
        v[i] = square;
        h[i] = largest;
        g[i] = mean * a / ((float) Math.sqrt(largest) + e);
      }
    }
  }
}
