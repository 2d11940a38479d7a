package dev.gauntlet.search;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.NetworkConfig.Arbiter;
import dev.gauntlet.config.SpaceConfig;
import dev.gauntlet.natives.BlasKernel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** The networks of a {@link MultiLayerSpace}: its points, and what each of its leaves is called. */
final class ArbiterNetworks {
  static {
    BlasKernel.choose();
  }

  private final SpaceFile file;
  private final MultiLayerSpace space;
  private final Map<String, ParameterSpace<?>> leaves = new LinkedHashMap<>();
  private final int outputs;

  /**
   * @throws dev.gauntlet.config.InvalidInputException if the file holds no such space
   */
  ArbiterNetworks(Arbiter config, InputShape input, int outputs) {
    this.file = new SpaceFile(config.file());
    this.space = file.read();
    this.outputs = outputs;
    if (space.getInputType() == null) {
      Volume image = input.image();
      space.setInputType(
          new FixedValue<>(
              image == null
                  ? InputType.feedForward(input.features())
                  : InputType.convolutionalFlat(image.height(), image.width(), image.channels())));
    }
    if (space.getInputType() instanceof FixedValue<InputType> type) {
      requireRows(type.getValue(new double[0]));
    }
    Set<Object> named = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      name("network", space, named);
      for (var layer : space.getLayerSpaces()) {
        String path = "network." + layer.getLayerName();
        name(path, layer.getLayerSpace(), named);
        name(path + ".layers", layer.getNumLayers(), named);
      }
      leaves().forEach(ArbiterNetworks::requireValues);
    } catch (RuntimeException e) {
      throw file.problem("something is missing in it", "what MultiLayerSpace.toJson writes");
    }
    for (ParameterSpace<?> leaf : leaves()) {
      name("network.value-" + (leaves.size() + 1), leaf, named);
    }
  }

  /** An image of more than one dimension is no row. */
  private void requireRows(InputType type) {
    if (!(type instanceof InputType.InputTypeFeedForward
        || type instanceof InputType.InputTypeConvolutionalFlat)) {
      throw file.problem(
          "input type " + type, "feedForward or convolutionalFlat, as rows of data are");
    }
  }

  /** Arbiter reads a space without its distribution, and fails when it is used. */
  private static void requireValues(ParameterSpace<?> leaf) {
    int coordinates = leaf.numParameters();
    if (coordinates > 0) {
      leaf.setIndices(IntStream.range(0, coordinates).toArray());
      Objects.requireNonNull(leaf.getValue(new double[coordinates]));
    }
  }

  private void name(String path, ParameterSpace<?> part, Set<Object> named) {
    if (part.isLeaf()) {
      if (part.numParameters() > 0 && named.add(part)) {
        leaves.put(path, part);
      }
      return;
    }
    // Sorted, because it comes from a map of fields.
    for (var nested : new TreeMap<>(part.getNestedSpaces()).entrySet()) {
      name(path + "." + Names.word(nested.getKey()), nested.getValue(), named);
    }
  }

  /** Each once; repeated layers share theirs. */
  private List<ParameterSpace> leaves() {
    return LeafUtils.getUniqueObjects(space.collectLeaves());
  }

  /** A configuration's space with the coordinates of this one. */
  ParameterSpace<SpaceConfig> beside(ParameterSpace<SpaceConfig> config) {
    List<ParameterSpace<?>> parts = new ArrayList<>();
    parts.add(config);
    leaves().forEach(parts::add);
    return CompositeSpace.of(parts, values -> (SpaceConfig) values[0]);
  }

  List<String> names() {
    return List.copyOf(leaves.keySet());
  }

  /**
   * What varies, for people.
   *
   * @param coordinates of a point
   */
  List<Dimension> ranges(int coordinates) {
    return leaves.entrySet().stream()
        .map(leaf -> range(leaf.getKey(), leaf.getValue(), coordinates))
        .toList();
  }

  private static Dimension range(String path, ParameterSpace<?> leaf, int coordinates) {
    if (leaf instanceof DiscreteParameterSpace<?> discrete) {
      int count = discrete.numValues();
      String values =
          IntStream.range(0, count)
              .mapToObj(place -> value(leaf, (place + 0.5) / count, coordinates))
              .collect(Collectors.joining(", "));
      return new Dimension(path, "", "choice", values);
    }
    String ends = value(leaf, 0, coordinates) + " to " + value(leaf, 1, coordinates);
    String kind = leaf instanceof IntegerParameterSpace ? "integer" : "continuous";
    return leaf instanceof BooleanSpace
        ? new Dimension(path, "", "choice", "false, true")
        : new Dimension(path, "", kind, ends);
  }

  private static String value(ParameterSpace<?> leaf, double at, int coordinates) {
    double[] point = new double[coordinates];
    Arrays.fill(point, at);
    Object value = leaf.getValue(point);
    // An interval's end is computed from its length, and differs in the last digit; a normal
    // distribution has none.
    return value instanceof Double number && Double.isFinite(number)
        ? new BigDecimal(number).round(new MathContext(12)).stripTrailingZeros().toString()
        : value.toString();
  }

  /** Path to number, truth value or word. */
  Map<String, Object> values(double[] point) {
    Map<String, Object> values = new LinkedHashMap<>();
    leaves.forEach(
        (path, leaf) -> {
          Object value = leaf.getValue(point);
          boolean plain = value instanceof Number || value instanceof Boolean;
          values.put(path, plain ? value : value.toString());
        });
    return values;
  }

  /**
   * The network of a point.
   *
   * @throws ImpossibleNetworkException if DL4J does not build it, or its output has another size
   */
  MultiLayerConfiguration network(double[] point) {
    MultiLayerConfiguration network;
    try {
      network = space.getValue(point).getMultiLayerConfiguration();
    } catch (RuntimeException e) {
      throw new ImpossibleNetworkException(
          "DL4J does not build this network: " + SpaceFile.firstLine(e) + ".");
    }
    // DL4J's own seed is the time.
    network.getConfs().forEach(layer -> layer.setSeed(0));
    var last = network.getConf(network.getConfs().size() - 1).getLayer();
    if (!(last instanceof OutputLayer output)) {
      throw new ImpossibleNetworkException(
          "the last layer is a " + last.getClass().getSimpleName() + "; the rule: an OutputLayer.");
    }
    if (output.getNOut() != outputs) {
      throw new ImpossibleNetworkException(
          "the output layer has "
              + output.getNOut()
              + " outputs; the rule: "
              + outputs
              + ", as the data.");
    }
    return network;
  }

  /** Refuses a file none of whose networks has the right output. */
  void requirePossible(double[] point) {
    try {
      network(point);
    } catch (ImpossibleNetworkException e) {
      if (e.getMessage().startsWith("the ")) {
        throw file.problem(e.getMessage().replaceFirst("; the rule: .*", ""), rule(e));
      }
    }
  }

  private static String rule(ImpossibleNetworkException e) {
    return e.getMessage().replaceFirst(".*; the rule: ", "").replaceFirst("\\.$", "");
  }
}
