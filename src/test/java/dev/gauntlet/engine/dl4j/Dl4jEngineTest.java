package dev.gauntlet.engine.dl4j;

import dev.gauntlet.engine.AbstractTrainingEngineTest;
import dev.gauntlet.train.TrainingEngine;

class Dl4jEngineTest extends AbstractTrainingEngineTest {
  @Override
  protected TrainingEngine engine() {
    return new Dl4jEngine();
  }

  @Override
  protected float rounding() {
    return 0;
  }
}
