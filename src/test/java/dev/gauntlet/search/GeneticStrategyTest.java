package dev.gauntlet.search;

class GeneticStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "genetic";
  }
}
