package dev.gauntlet.search;

class HyperbandStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "{type: hyperband, eta: 2}";
  }
}
