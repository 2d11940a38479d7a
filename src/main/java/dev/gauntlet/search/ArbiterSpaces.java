package dev.gauntlet.search;

import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.NetworkConfig.Widths;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.OneWidth;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Range.Steps;
import dev.gauntlet.config.Records;
import dev.gauntlet.config.Units;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;

/**
 * Configuration records as Arbiter spaces: a record with ranges becomes a space of the same record
 * with every range fixed, whatever ranges the record has.
 */
final class ArbiterSpaces {
  private ArbiterSpaces() {}

  static ParameterSpace<?> of(Record record) {
    return record instanceof Dense dense ? dense(dense) : plain(record);
  }

  /** Component by component. */
  static <R extends Record> ParameterSpace<R> plain(R record) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) record.getClass();
    List<ParameterSpace<?>> parts = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      parts.add(component(Records.component(record, component)));
    }
    return CompositeSpace.of(parts, values -> Records.create(type, values));
  }

  private static ParameterSpace<?> component(Object value) {
    if (value instanceof Range<?> range) {
      return CompositeSpace.of(List.of(range(range)), values -> new Fixed<>(values[0]));
    }
    if (value instanceof List<?> list) {
      List<ParameterSpace<?>> items = new ArrayList<>();
      list.forEach(item -> items.add(component(item)));
      return CompositeSpace.of(items, List::of);
    }
    return single(value);
  }

  /**
   * Layers and units depend on each other: units may be listed, and each layer may have its own.
   */
  private static ParameterSpace<Dense> dense(Dense dense) {
    List<ParameterSpace<?>> parts = new ArrayList<>();
    parts.add(dense.layers() == null ? new FixedValue<>(null) : range(dense.layers()));
    parts.add(range(dense.units()));
    parts.add(plain(dense.withHidden(1, Units.each(1), Widths.SAME)));
    parts.add(range(dense.widths()));
    for (int layer = 1; layer < dense.independentLayers(); layer++) {
      parts.add(range(dense.units()));
    }
    ParameterSpace<?> layers = parts.get(0);
    ParameterSpace<?> widths = parts.get(3);
    return CompositeSpace.of(
        parts,
        values -> {
          Units units = (Units) values[1];
          Dense rest = (Dense) values[2];
          if (units.isListed()) {
            return rest.withHidden(null, units, Widths.SAME);
          }
          int count = (Integer) values[0];
          Widths kind = (Widths) values[3];
          return rest.withHidden(
              count, kind == Widths.INDEPENDENT ? ownUnits(count, values) : units, kind);
        },
        point ->
            widths.getValue(point) == Widths.INDEPENDENT
                ? parts.subList(0, 3 + (Integer) layers.getValue(point))
                : parts.subList(0, 4));
  }

  /** The first layer's are the second value, the others' stand from the fifth on. */
  private static Units ownUnits(int layers, Object[] values) {
    List<Integer> units = new ArrayList<>(List.of(((Units) values[1]).first()));
    for (int layer = 1; layer < layers; layer++) {
      units.add(((Units) values[3 + layer]).first());
    }
    return Units.listed(units);
  }

  private static ParameterSpace<?> range(Range<?> range) {
    if (range instanceof Fixed<?> fixed) {
      return single(fixed.value());
    }
    if (range instanceof Steps<?> steps) {
      return new OrderedSpace<>(steps.values());
    }
    if (range instanceof OneWidth widths) {
      return CompositeSpace.of(
          List.of(range(widths.width())), values -> Units.each((Integer) values[0]));
    }
    return range instanceof Choice<?> choice
        ? choice(choice.values())
        : interval((Interval<?>) range);
  }

  private static ParameterSpace<?> single(Object value) {
    return value instanceof Record record ? of(record) : new FixedValue<>(value);
  }

  private static ParameterSpace<?> choice(List<?> values) {
    if (values.size() == 1) {
      return single(values.get(0));
    }
    if (!(values.get(0) instanceof Record)) {
      return new DiscreteParameterSpace<>(new ArrayList<>(values));
    }
    List<ParameterSpace<?>> parts = new ArrayList<>();
    values.forEach(value -> parts.add(single(value)));
    // Discrete, because a grid thins out integers.
    List<Integer> places = IntStream.range(0, parts.size()).boxed().toList();
    return CompositeSpace.choice(new DiscreteParameterSpace<>(places), parts);
  }

  private static ParameterSpace<?> interval(Interval<?> interval) {
    double min = interval.min().doubleValue();
    double max = interval.max().doubleValue();
    boolean whole = interval.min() instanceof Integer;
    if (min == max) {
      return new FixedValue<>(interval.min());
    }
    if (interval.scale() == Spread.LINEAR) {
      return whole
          ? new IntegerParameterSpace((int) min, (int) max)
          : new ContinuousParameterSpace(min, max);
    }
    if (!whole) {
      return logUniform(min, max);
    }
    // Each whole number has the probability of the half unit on either side of it.
    return CompositeSpace.of(
        List.of(logUniform(min - 0.5, max + 0.5)),
        values -> (int) Math.max(min, Math.min(max, Math.rint((Double) values[0]))));
  }

  private static ContinuousParameterSpace logUniform(double min, double max) {
    return new ContinuousParameterSpace(new LogUniformDistribution(min, max));
  }
}
