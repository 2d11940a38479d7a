package dev.gauntlet.engine.dl4j;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * An activation to train with. ND4J's derivatives are NaN for inputs above 22 (mish), 26 (gelu), 44
 * (swish) and 88 (softplus), where an exponential overflows; softplus is infinite there too. In 32
 * bits all four are the identity above 20, and their derivatives 1.
 */
final class FiniteActivation extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;
  private static final double IDENTITY_FROM = 20;
  private static final Set<Class<? extends IActivation>> OVERFLOWING =
      Set.of(
          ActivationGELU.class,
          ActivationSwish.class,
          ActivationMish.class,
          ActivationSoftPlus.class);

  private final IActivation plain;

  private FiniteActivation(IActivation plain) {
    this.plain = plain;
  }

  /** Puts them into a network that is to be trained. */
  static void into(MultiLayerNetwork network) {
    replace(network, FiniteActivation::of);
  }

  /** Puts the plain ones back. */
  static void outOf(MultiLayerNetwork network) {
    replace(network, one -> one instanceof FiniteActivation finite ? finite.plain : one);
  }

  private static void replace(MultiLayerNetwork network, UnaryOperator<IActivation> other) {
    for (var configuration : network.getLayerWiseConfigurations().getConfs()) {
      Layer layer = configuration.getLayer();
      if (layer instanceof BaseLayer base) {
        base.setActivationFn(other.apply(base.getActivationFn()));
      } else if (layer instanceof ActivationLayer activation) {
        activation.setActivationFn(other.apply(activation.getActivationFn()));
      }
    }
  }

  /** The same function. */
  static IActivation of(IActivation plain) {
    return OVERFLOWING.contains(plain.getClass()) ? new FiniteActivation(plain) : plain;
  }

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    if (!(plain instanceof ActivationSoftPlus)) {
      return plain.getActivation(in, training);
    }
    // It is never below its input.
    INDArray below = plain.getActivation(Transforms.min(in, IDENTITY_FROM, true), training);
    return Transforms.max(in, below, false);
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    return plain.backprop(Transforms.min(in, IDENTITY_FROM, false), epsilon);
  }
}
