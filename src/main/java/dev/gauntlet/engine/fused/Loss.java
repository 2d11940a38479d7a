package dev.gauntlet.engine.fused;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/**
 * The function of the output units and the loss, together, which are {@code rows x (units + 1)}
 * here: the last column is of no meaning. All methods turn what the last matrix product gives into
 * something else in place.
 */
enum Loss {
  /** One sigmoid unit, the logarithm of its probability. */
  BINARY {
    @Override
    void activate(float[] values, Targets targets, int rows, int units) {
      float[] powers = targets.scratch;
      powers(values, targets, rows);
      for (int i = 0; i < 2 * rows; i += 2) {
        values[i] = probability(values[i], powers[i]);
      }
    }

    @Override
    double backward(float[] values, Targets targets, int rows, int units) {
      float[] powers = targets.scratch;
      powers(values, targets, rows);
      double loss = 0;
      // A logarithm of many products for one of each.
      double product0 = 1;
      double product1 = 1;
      for (int row = 0; row < rows; row++) {
        float z = values[2 * row];
        float y = targets.numbers[row];
        float weight = targets.weights[row];
        loss += weight * (Math.max(z, 0) - z * y);
        if (y == 0) {
          product0 *= 1 + powers[2 * row];
        } else {
          product1 *= 1 + powers[2 * row];
        }
        if (row % LOGARITHMS == LOGARITHMS - 1) {
          loss += targets.logarithms(product0, product1);
          product0 = 1;
          product1 = 1;
        }
        values[2 * row] = weight * (probability(z, powers[2 * row]) - y) * targets.share;
      }
      return (loss + targets.logarithms(product0, product1)) * targets.share;
    }

    /** exp(-|z|) of all. */
    private void powers(float[] values, Targets targets, int rows) {
      float[] powers = targets.scratch;
      for (int i = 0; i < 2 * rows; i++) {
        powers[i] = -Math.abs(values[i]);
      }
      targets.exponential.apply(powers, 2 * rows);
    }

    private float probability(float z, float power) {
      return (z < 0 ? power : 1) / (1 + power);
    }
  },
  /** Softmax, the logarithm of the probability of the right class. */
  CATEGORICAL {
    @Override
    void activate(float[] values, Targets targets, int rows, int units) {
      int width = units + 1;
      for (int row = 0; row < rows; row++) {
        shift(values, row * width, units);
      }
      targets.exponential.apply(values, rows * width);
      for (int row = 0; row < rows; row++) {
        float sum = sum(values, row * width, units);
        for (int i = row * width; i < row * width + units; i++) {
          values[i] /= sum;
        }
      }
    }

    @Override
    double backward(float[] values, Targets targets, int rows, int units) {
      int width = units + 1;
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        shift(values, row * width, units);
        loss -= targets.weights[row] * values[row * width + targets.classes[row]];
      }
      targets.exponential.apply(values, rows * width);
      for (int row = 0; row < rows; row++) {
        float sum = sum(values, row * width, units);
        loss += targets.weights[row] * StrictMath.log(sum);
        float factor = targets.weights[row] * targets.share;
        for (int i = row * width; i < row * width + units; i++) {
          values[i] *= factor / sum;
        }
        values[row * width + targets.classes[row]] -= factor;
      }
      return loss * targets.share;
    }

    /** So that the largest is 0. */
    private void shift(float[] values, int from, int units) {
      float max = values[from];
      for (int i = from + 1; i < from + units; i++) {
        max = Math.max(max, values[i]);
      }
      for (int i = from; i < from + units; i++) {
        values[i] -= max;
      }
      values[from + units] = 0;
    }

    private float sum(float[] values, int from, int units) {
      float sum = 0;
      for (int i = from; i < from + units; i++) {
        sum += values[i];
      }
      return sum;
    }
  },
  SQUARED {
    @Override
    double backward(float[] values, Targets targets, int rows, int units) {
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        float error = values[2 * row] - targets.numbers[row];
        loss += (double) error * error;
        values[2 * row] = 2 * error * targets.share;
      }
      return loss * targets.share;
    }
  },
  ABSOLUTE {
    @Override
    double backward(float[] values, Targets targets, int rows, int units) {
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        float error = values[2 * row] - targets.numbers[row];
        loss += Math.abs(error);
        values[2 * row] = Math.signum(error) * targets.share;
      }
      return loss * targets.share;
    }
  };

  /** Factors between 1 and 2 whose product is a double. */
  private static final int LOGARITHMS = 512;

  /** Logits to what the network puts out: the same, where it says nothing else. */
  void activate(float[] values, Targets targets, int rows, int units) {}

  /** Whether classes may have weights. */
  boolean weighs() {
    return this == BINARY || this == CATEGORICAL;
  }

  /**
   * Logits to the gradient of the loss with regard to them.
   *
   * @return the loss of these rows, as a part of the mean of the batch
   */
  abstract double backward(float[] values, Targets targets, int rows, int units);

  /** Empty for other losses, and for other functions with these. */
  static Optional<Loss> of(OutputLayer layer) {
    IActivation function = layer.getActivationFn();
    ILossFunction loss = layer.getLossFn();
    boolean one = layer.getNOut() == 1;
    Loss found = null;
    if (one && function instanceof ActivationSigmoid && loss.equals(new LossBinaryXENT())) {
      found = BINARY;
    } else if (!one
        && function instanceof ActivationSoftmax
        && (loss.equals(new LossMCXENT()) || loss.equals(new LossNegativeLogLikelihood()))) {
      found = CATEGORICAL;
    } else if (one && function instanceof ActivationIdentity && loss.equals(new LossMSE())) {
      found = SQUARED;
    } else if (one && function instanceof ActivationIdentity && loss.equals(new LossMAE())) {
      found = ABSOLUTE;
    }
    return Optional.ofNullable(found);
  }

  /** What the rows of a tile should give, and room to work in. */
  static final class Targets {
    final int[] classes;
    final float[] numbers;
    final float[] weights;
    final float[] scratch;
    final Exponential exponential = new Exponential();

    /** Of each class. */
    float[] classWeights = {1, 1};

    /** Of one row in its batch. */
    float share;

    Targets(int rows) {
      this.classes = new int[rows];
      this.numbers = new float[rows];
      this.weights = new float[rows];
      this.scratch = new float[2 * rows];
    }

    private double logarithms(double product0, double product1) {
      return classWeights[0] * StrictMath.log(product0)
          + classWeights[1] * StrictMath.log(product1);
    }
  }
}
