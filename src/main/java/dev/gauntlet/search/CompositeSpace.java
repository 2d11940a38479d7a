package dev.gauntlet.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;

/**
 * An Arbiter space made of others: a value is composed of their values at the same point. The parts
 * own the coordinates; this has none of its own.
 *
 * @param <P> what a point stands for
 */
final class CompositeSpace<P> implements ParameterSpace<P> {
  private final List<ParameterSpace<?>> parts;
  private final Function<double[], P> compose;
  private final Function<double[], List<ParameterSpace<?>>> used;

  private CompositeSpace(
      List<ParameterSpace<?>> parts,
      Function<double[], P> compose,
      Function<double[], List<ParameterSpace<?>>> used) {
    this.parts = parts;
    this.compose = compose;
    this.used = used;
  }

  /** All values of the parts, in order, given to a function. */
  static <P> CompositeSpace<P> of(
      List<ParameterSpace<?>> parts, Function<Object[], P> composition) {
    return of(parts, composition, point -> parts);
  }

  /** As before, where the values of only some parts matter at a point. */
  static <P> CompositeSpace<P> of(
      List<ParameterSpace<?>> parts,
      Function<Object[], P> composition,
      Function<double[], List<ParameterSpace<?>>> used) {
    return new CompositeSpace<>(
        parts,
        point -> composition.apply(parts.stream().map(part -> part.getValue(point)).toArray()),
        used);
  }

  /**
   * The value of one part, chosen by the first coordinate; the others' coordinates do not matter.
   *
   * @param selector gives places in {@code parts}
   */
  static CompositeSpace<Object> choice(
      ParameterSpace<Integer> selector, List<ParameterSpace<?>> parts) {
    List<ParameterSpace<?>> all = new java.util.ArrayList<>(parts);
    all.add(0, selector);
    return new CompositeSpace<>(
        all,
        point -> parts.get(selector.getValue(point)).getValue(point),
        point -> List.of(selector, parts.get(selector.getValue(point))));
  }

  /** The parts whose values matter at a point. */
  List<ParameterSpace<?>> used(double[] point) {
    return used.apply(point);
  }

  @Override
  public P getValue(double[] point) {
    return compose.apply(point);
  }

  @Override
  public int numParameters() {
    return parts.stream().mapToInt(ParameterSpace::numParameters).sum();
  }

  @Override
  public List<ParameterSpace> collectLeaves() {
    return parts.stream().<ParameterSpace>flatMap(part -> part.collectLeaves().stream()).toList();
  }

  @Override
  public Map<String, ParameterSpace> getNestedSpaces() {
    Map<String, ParameterSpace> nested = new LinkedHashMap<>();
    parts.forEach(part -> nested.put(Integer.toString(nested.size()), part));
    return nested;
  }

  @Override
  public boolean isLeaf() {
    return false;
  }

  @Override
  public void setIndices(int... indices) {
    throw new UnsupportedOperationException("only leaves have coordinates");
  }
}
