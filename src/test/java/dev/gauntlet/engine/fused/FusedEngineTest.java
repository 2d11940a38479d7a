package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.AbstractTrainingEngineTest;
import dev.gauntlet.train.TrainingEngine;

class FusedEngineTest extends AbstractTrainingEngineTest {
  @Override
  protected TrainingEngine engine() {
    return new FusedEngine();
  }

  @Override
  protected float rounding() {
    return 1e-6f;
  }
}
