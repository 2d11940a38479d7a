package dev.gauntlet.config;

import java.io.Serializable;

/** What is done to large gradients before a step. */
public sealed interface GradientClipping extends Serializable {

  /** Nothing. */
  record None() implements GradientClipping {}

  /**
   * Each gradient is cut to between -threshold and threshold.
   *
   * @param threshold the largest absolute value that is left
   */
  record Value(@Default("1") @Bounds(min = 0, above = true) Range<Double> threshold)
      implements GradientClipping {}

  /**
   * The gradients of a layer are shrunk together until their L2 norm is the threshold (Pascanu,
   * Mikolov, Bengio 2013).
   *
   * @param threshold the largest norm that is left
   */
  record Norm(@Default("1") @Bounds(min = 0, above = true) Range<Double> threshold)
      implements GradientClipping {}
}
