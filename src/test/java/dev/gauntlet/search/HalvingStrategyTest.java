package dev.gauntlet.search;

class HalvingStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "halving";
  }
}
