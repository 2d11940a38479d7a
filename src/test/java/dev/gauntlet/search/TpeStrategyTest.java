package dev.gauntlet.search;

class TpeStrategyTest extends AbstractSearchStrategyTest {
  @Override
  String strategy() {
    return "tpe";
  }
}
