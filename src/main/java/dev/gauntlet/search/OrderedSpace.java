package dev.gauntlet.search;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;

/** Numbers in ascending order: neighbours are alike. */
final class OrderedSpace<T> extends DiscreteParameterSpace<T> {
  OrderedSpace(List<T> values) {
    super(values);
  }
}
