package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.RationalSigmoid;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The functions of hidden units, as loops that the compiler turns into vector instructions: only
 * additions, products, quotients, minima and maxima. Each is within 1e-6 of DL4J's.
 */
enum Activation {
  IDENTITY(false) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {}

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {}
  },
  RELU(false) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      for (int i = 0; i < size; i++) {
        out[i] = Math.max(0, in[i]);
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= step(out[i]);
      }
    }
  },
  LEAKY_RELU(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      for (int i = 0; i < size; i++) {
        out[i] = Math.max(in[i], LEAK * in[i]);
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= LEAK + (1 - LEAK) * step(in[i]);
      }
    }
  },
  ELU(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      powersBelowZero(in, out, size, exponential);
      for (int i = 0; i < size; i++) {
        out[i] = Math.max(0, in[i]) + (out[i] - 1);
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= Math.min(0, out[i]) + 1;
      }
    }
  },
  SELU(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      powersBelowZero(in, out, size, exponential);
      for (int i = 0; i < size; i++) {
        out[i] = SELU_SCALE * Math.max(0, in[i]) + SELU_SCALE * SELU_ALPHA * (out[i] - 1);
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        float positive = step(in[i]);
        float below = Math.min(0, out[i]) + SELU_SCALE * SELU_ALPHA;
        delta[i] *= positive * SELU_SCALE + (1 - positive) * below;
      }
    }
  },
  GELU(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      Activation.sigmoid(in, GELU_SLOPE, out, size);
      for (int i = 0; i < size; i++) {
        out[i] *= in[i];
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      slopeOfSigmoidProduct(in, delta, GELU_SLOPE, size);
    }
  },
  SWISH(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      Activation.sigmoid(in, 1, out, size);
      for (int i = 0; i < size; i++) {
        out[i] *= in[i];
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      slopeOfSigmoidProduct(in, delta, 1, size);
    }
  },
  SOFTPLUS(true) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      for (int i = 0; i < size; i++) {
        out[i] = -Math.abs(in[i]);
      }
      exponential.apply(out, size);
      for (int i = 0; i < size; i++) {
        // log(1 + u) = 2 artanh(u / (2 + u)), and u is at most 1.
        float s = out[i] / (2 + out[i]);
        float q = s * s;
        float p = 2f / 13;
        p = p * q + 2f / 11;
        p = p * q + 2f / 9;
        p = p * q + 2f / 7;
        p = p * q + 2f / 5;
        p = p * q + 2f / 3;
        p = p * q + 2;
        out[i] = Math.max(0, in[i]) + s * p;
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= RationalSigmoid.sigmoid(in[i]);
      }
    }
  },
  TANH(false) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      for (int i = 0; i < size; i++) {
        out[i] = RationalSigmoid.tanh(in[i]);
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= 1 - out[i] * out[i];
      }
    }
  },
  SIGMOID(false) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      Activation.sigmoid(in, 1, out, size);
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        delta[i] *= out[i] * (1 - out[i]);
      }
    }
  },
  SOFTSIGN(false) {
    @Override
    void apply(float[] in, float[] out, int size, Exponential exponential) {
      for (int i = 0; i < size; i++) {
        out[i] = in[i] / (1 + Math.abs(in[i]));
      }
    }

    @Override
    void backward(float[] in, float[] out, float[] delta, int size) {
      for (int i = 0; i < size; i++) {
        float rest = 1 - Math.abs(out[i]);
        delta[i] *= rest * rest;
      }
    }
  };

  private static final float LEAK = (float) ActivationLReLU.DEFAULT_ALPHA;
  private static final float GELU_SLOPE = 1.702f;

  /** Of Klambauer and others, 2017. */
  private static final float SELU_SCALE = 1.050701f;

  private static final float SELU_ALPHA = 1.6732632f;

  private final boolean needsInput;

  /**
   * @param needsInput whether the slope is a function of the input and not of the output alone
   */
  Activation(boolean needsInput) {
    this.needsInput = needsInput;
  }

  boolean needsInput() {
    return needsInput;
  }

  /** The two arrays may be one, unless it {@link #needsInput}. */
  abstract void apply(float[] in, float[] out, int size, Exponential exponential);

  /** Multiplies by the slope. */
  abstract void backward(float[] in, float[] out, float[] delta, int size);

  /** DL4J's function as one of these; empty for others, and for other constants. */
  static Optional<Activation> of(IActivation function) {
    Activation found = null;
    if (function instanceof ActivationIdentity) {
      found = IDENTITY;
    } else if (function.equals(new ActivationReLU())) {
      found = RELU;
    } else if (function.equals(new ActivationLReLU())) {
      found = LEAKY_RELU;
    } else if (function.equals(new ActivationELU())) {
      found = ELU;
    } else if (function instanceof ActivationSELU) {
      found = SELU;
    } else if (function.equals(new ActivationGELU())) {
      found = GELU;
    } else if (function instanceof ActivationSwish) {
      found = SWISH;
    } else if (function instanceof ActivationSoftPlus) {
      found = SOFTPLUS;
    } else if (function instanceof ActivationTanH) {
      found = TANH;
    } else if (function instanceof ActivationSigmoid) {
      found = SIGMOID;
    } else if (function instanceof ActivationSoftSign) {
      found = SOFTSIGN;
    }
    return Optional.ofNullable(found);
  }

  /** The exponential of what is below 0, and 1 for the rest. */
  private static void powersBelowZero(float[] in, float[] out, int size, Exponential exponential) {
    for (int i = 0; i < size; i++) {
      out[i] = Math.min(0, in[i]);
    }
    exponential.apply(out, size);
  }

  private static void sigmoid(float[] in, float slope, float[] out, int size) {
    for (int i = 0; i < size; i++) {
      out[i] = RationalSigmoid.sigmoid(slope * in[i]);
    }
  }

  /** Of x sigmoid(k x). */
  private static void slopeOfSigmoidProduct(float[] in, float[] delta, float k, int size) {
    for (int i = 0; i < size; i++) {
      float s = RationalSigmoid.sigmoid(k * in[i]);
      delta[i] *= s + k * in[i] * s * (1 - s);
    }
  }

  /** 1 above 0, and 0 elsewhere, without a comparison. */
  private static float step(float x) {
    return Math.min(1, Math.max(0, x * Float.MAX_VALUE) * Float.MAX_VALUE);
  }
}
