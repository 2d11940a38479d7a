package dev.gauntlet.search;

import dev.gauntlet.config.Range;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Records;
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

  static <R extends Record> ParameterSpace<R> of(R record) {
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
    return value instanceof Record record ? of(record) : new FixedValue<>(value);
  }

  private static ParameterSpace<?> range(Range<?> range) {
    if (range instanceof Fixed<?> fixed) {
      return single(fixed.value());
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
