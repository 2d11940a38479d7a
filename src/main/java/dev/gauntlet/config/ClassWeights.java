package dev.gauntlet.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights of the classes in the loss, as Keras' {@code class_weight}: a row's loss is multiplied by
 * the weight of its class, and the mean is over rows.
 */
public sealed interface ClassWeights extends Serializable {

  /** All 1. */
  record None() implements ClassWeights {}

  /** rows / (classes x rows of the class), of the training rows, as in scikit-learn. */
  record Balanced() implements ClassWeights {}

  /**
   * Written as {@code {class: weight}}.
   *
   * @param weights by the name of the class, in the order of the file; other classes weigh 1
   */
  @Bare
  record Given(@Bounds(min = 0) Map<String, Double> weights) implements ClassWeights {
    public Given {
      weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
  }
}
