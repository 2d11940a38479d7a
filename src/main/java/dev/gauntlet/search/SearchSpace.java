package dev.gauntlet.search;

import dev.gauntlet.config.NetworkConfig.Arbiter;
import dev.gauntlet.config.SpaceConfig;
import dev.gauntlet.natives.BlasKernel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;

/**
 * What can be searched: a point in the unit cube stands for a candidate. For networks of given
 * input and output sizes.
 */
public final class SearchSpace {
  static {
    BlasKernel.choose();
  }

  private final ParameterSpace<SpaceConfig> space;
  private final ArbiterNetworks networks; // Null where the YAML describes them.
  private final List<Dimension> ranges = new ArrayList<>();
  private final List<String> hyperparameters;
  private final int inputs;
  private final int outputs;

  /**
   * @param inputs features of a row
   * @param outputs what is predicted: classes, or 1 for a number
   * @throws dev.gauntlet.config.InvalidInputException if a loss is not one of these outputs
   */
  public SearchSpace(SpaceConfig config, int inputs, int outputs) {
    this(config, InputShape.of(inputs), outputs);
  }

  /**
   * @param input of a row
   * @param outputs of the network: classes, or 1 for a number
   * @throws dev.gauntlet.config.InvalidInputException if the networks need another input
   */
  public SearchSpace(SpaceConfig config, InputShape input, int outputs) {
    Losses.check(config.training().loss(), outputs);
    SpaceConfig shaped = input.given(config);
    this.networks =
        shaped.network() instanceof Arbiter file ? new ArbiterNetworks(file, input, outputs) : null;
    ParameterSpace<SpaceConfig> plain = ArbiterSpaces.plain(shaped);
    this.space = networks == null ? plain : networks.beside(plain);
    List<String> names = new ArrayList<>(networks == null ? List.of() : networks.names());
    names.addAll(Dimension.varying(shaped));
    this.hyperparameters = List.copyOf(names);
    this.inputs = input.features();
    this.outputs = outputs;
    int next = 0;
    for (ParameterSpace<?> leaf : space.collectLeaves()) {
      int[] indices = new int[leaf.numParameters()];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = next++;
      }
      if (indices.length > 0) {
        leaf.setIndices(indices);
      }
    }
    if (networks != null) {
      networks.requirePossible(new double[next]);
      ranges.addAll(networks.ranges(next));
    }
    ranges.addAll(Dimension.of(shaped));
  }

  ParameterSpace<SpaceConfig> arbiter() {
    return space;
  }

  /** Paths at which candidates may differ, in the order of the YAML; a candidate may lack some. */
  public List<String> hyperparameters() {
    return hyperparameters;
  }

  /** Every range, also those of one value, in the order of the YAML. */
  public List<Dimension> ranges() {
    return List.copyOf(ranges);
  }

  /** Coordinates of a point. */
  public int dimensions() {
    return space.numParameters();
  }

  /**
   * The candidate at a point.
   *
   * @param point {@link #dimensions} coordinates in [0, 1]
   */
  public Candidate candidate(int id, double[] point) {
    SpaceConfig fixed = space.getValue(point);
    return networks == null
        ? NetworkBuilder.build(id, fixed, inputs, outputs)
        : NetworkBuilder.build(id, fixed, networks, point);
  }

  /** Values at a point by their path; equal for points that stand for equal candidates. */
  Map<String, Object> hyperparameters(double[] point) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (networks != null) {
      values.putAll(networks.values(point));
    }
    values.putAll(Hyperparameters.of(space.getValue(point)));
    return values;
  }

  /** Epochs of the candidate at a point. */
  int epochs(double[] point) {
    return space.getValue(point).training().epochs().value();
  }

  /**
   * Points of a full grid.
   *
   * @param steps values of each interval, at most
   */
  public BigInteger gridSize(int steps) {
    BigInteger size = BigInteger.ONE;
    for (ParameterSpace<?> leaf : space.collectLeaves()) {
      size = size.multiply(BigInteger.valueOf(values(leaf, steps)));
    }
    return size;
  }

  private static long values(ParameterSpace<?> leaf, int steps) {
    if (leaf instanceof IntegerParameterSpace integers) {
      return Math.min(steps, (long) integers.getMax() - integers.getMin() + 1);
    }
    if (leaf instanceof DiscreteParameterSpace<?> discrete) {
      return discrete.numValues();
    }
    // Arbiter divides a truth value as it does an interval.
    return leaf instanceof ContinuousParameterSpace || leaf instanceof BooleanSpace ? steps : 1;
  }
}
