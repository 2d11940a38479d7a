package dev.gauntlet.engine.dl4j;

import dev.gauntlet.engine.AbstractNetworksTest;
import dev.gauntlet.train.TrainingEngine;

class Dl4jNetworksTest extends AbstractNetworksTest {
  @Override
  protected TrainingEngine engine() {
    return new Dl4jEngine();
  }
}
