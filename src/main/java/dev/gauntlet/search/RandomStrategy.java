package dev.gauntlet.search;

import dev.gauntlet.config.Seed;
import java.util.Random;

/**
 * Independent uniform points. Drawn here and not by Arbiter's generator, whose candidate i depends
 * on the order of calls; Arbiter's spaces turn them into candidates.
 *
 * @param dimensions coordinates of a point
 */
record RandomStrategy(int dimensions, int size, Seed seed) implements SearchStrategy {

  @Override
  public double[] point(int i) {
    Random random = seed.derive("candidate", i).random();
    return random.doubles(dimensions).toArray();
  }
}
