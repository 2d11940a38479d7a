package dev.gauntlet.search;

import dev.gauntlet.config.Seed;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Independent uniform points. Drawn here and not by Arbiter's generator, whose candidate i depends
 * on the order of calls; Arbiter's spaces turn them into candidates.
 *
 * @param dimensions coordinates of a point
 */
record RandomStrategy(int dimensions, Seed seed) implements SearchStrategy {
  private static final int ROUND = 64;

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    return points(history.size(), ROUND).stream().map(Proposal::whole).toList();
  }

  /** The points from a place on; each is a function of the seed and its place. */
  List<double[]> points(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(this::point).toList();
  }

  private double[] point(int i) {
    return seed.derive("candidate", i).random().doubles(dimensions).toArray();
  }
}
