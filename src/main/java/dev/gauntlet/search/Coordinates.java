package dev.gauntlet.search;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;

/** What the coordinates of a point stand for. */
final class Coordinates {
  private final ParameterSpace<?> root;
  private final int[] categories;
  private final IdentityHashMap<ParameterSpace<?>, Integer> first = new IdentityHashMap<>();

  Coordinates(ParameterSpace<?> root) {
    this.root = root;
    this.categories = new int[root.numParameters()];
    int next = 0;
    for (ParameterSpace<?> leaf : root.collectLeaves()) {
      first.put(leaf, next);
      if (leaf instanceof DiscreteParameterSpace<?> discrete
          && !(leaf instanceof OrderedSpace<?>)) {
        categories[next] = discrete.numValues();
      }
      next += leaf.numParameters();
    }
  }

  int count() {
    return categories.length;
  }

  /** Values without an order, equally wide; 0 for a coordinate that is ordered. */
  int categories(int coordinate) {
    return categories[coordinate];
  }

  /** Which coordinates matter at a point: not those of an optimizer that is not chosen. */
  boolean[] active(double[] point) {
    boolean[] active = new boolean[categories.length];
    mark(root, point, active);
    return active;
  }

  private void mark(ParameterSpace<?> space, double[] point, boolean[] active) {
    if (space instanceof CompositeSpace<?> composite) {
      composite.used(point).forEach(part -> mark(part, point, active));
      return;
    }
    for (Object leaf : space.collectLeaves()) {
      int from = first.get(leaf);
      int count = ((ParameterSpace<?>) leaf).numParameters();
      Arrays.fill(active, from, from + count, true);
    }
  }
}
