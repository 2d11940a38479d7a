package dev.gauntlet.engine.dl4j;

import java.util.function.DoubleBinaryOperator;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The binary cross-entropy of one sigmoid unit with a weight for each class, as Keras' {@code
 * class_weight}: a row's loss is multiplied by the weight of its class, and the mean is over rows.
 * For logit z and label y in {0, 1},
 *
 * <pre>
 * loss     = w(y) (max(z, 0) - z y + log(1 + exp(-|z|)))
 * gradient = w(y) (1 / (1 + exp(-z)) - y)
 * </pre>
 *
 * <p>DL4J's {@code LossBinaryXENT} has weights for output columns, not for classes, and cuts
 * probabilities at 1e-5, which takes the gradient from rows that are far on the wrong side. This
 * class serves training only, so that no saved model needs it.
 */
final class BinaryCrossEntropy implements org.nd4j.linalg.lossfunctions.ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double[] weights;

  /**
   * @param weights of class 0 and class 1
   */
  BinaryCrossEntropy(double[] weights) {
    this.weights = weights.clone();
  }

  @Override
  public String name() {
    return "binary cross-entropy";
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    double sum = 0;
    for (double loss : rows(labels, logits, activation, mask, this::loss)) {
      sum += loss;
    }
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    return column(rows(labels, logits, activation, mask, this::loss), logits);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    return column(rows(labels, logits, activation, mask, this::gradient), logits);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, logits, activation, mask, average),
        computeGradient(labels, logits, activation, mask));
  }

  // StrictMath, because Math's functions may differ in the last bit from machine to machine.

  private double loss(double z, double y) {
    double loss = Math.max(z, 0) - z * y + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    return weights[(int) y] * loss;
  }

  private double gradient(double z, double y) {
    return weights[(int) y] * (1 / (1 + StrictMath.exp(-z)) - y);
  }

  /** One value per row of {@code n x 1} labels and logits. */
  private static double[] rows(
      INDArray labels,
      INDArray logits,
      IActivation activation,
      INDArray mask,
      DoubleBinaryOperator value) {
    if (mask != null || logits.size(1) != 1 || !(activation instanceof ActivationSigmoid)) {
      throw new IllegalArgumentException("for one sigmoid unit, without masks");
    }
    double[] values = logits.dup('c').data().asDouble();
    double[] targets = labels.dup('c').data().asDouble();
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(values[i], targets[i]);
    }
    return values;
  }

  private static INDArray column(double[] values, INDArray like) {
    return Nd4j.createFromArray(values).castTo(like.dataType()).reshape(values.length, 1);
  }
}
