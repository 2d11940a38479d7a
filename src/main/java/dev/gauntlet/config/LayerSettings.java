package dev.gauntlet.config;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.config.NetworkConfig.WeightInit;

/** What holds for all layers of a network that is described in YAML. */
public interface LayerSettings {

  /** The fraction of the network's inputs that is dropped in training. */
  Range<Double> inputDropout();

  Range<DropoutType> dropoutType();

  Range<WeightInit> weightInit();

  /** The factor of the L1 penalty on weights. */
  Range<Double> l1();

  /** The factor of the L2 penalty on weights. */
  Range<Double> l2();

  /** The fraction of a weight that each step takes off, times the learning rate. */
  Range<Double> weightDecay();

  Range<GradientClipping> gradientClipping();

  /** Whether a point of the search space drops anything. */
  boolean hasDropout();

  /** This architecture with dropout at the given rate, where it usually has it. */
  NetworkConfig withDropout(double rate);

  /** DL4J removes one of the two. */
  static void requireOnePenalty(Range<Double> l2, Range<Double> weightDecay) {
    if (!l2.isOnly(0.0) && !weightDecay.isOnly(0.0)) {
      throw new IllegalArgumentException(
          "l2 and weight-decay; the rule: one of them. Maybe remove l2.");
    }
  }
}
