package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.AbstractNetworksTest;
import dev.gauntlet.train.TrainingEngine;

class FusedNetworksTest extends AbstractNetworksTest {
  @Override
  protected TrainingEngine engine() {
    return new FusedEngine();
  }
}
