package dev.gauntlet.engine.fused;

/** A layer with weights. */
interface WeightedOp extends Op {

  /**
   * Before each tile in training.
   *
   * @param mask what dropout is a function of
   * @param added whether the gradient is added to that of the tile before
   * @param many whether the step has many tiles
   */
  void begin(long mask, boolean added, boolean many);
}
