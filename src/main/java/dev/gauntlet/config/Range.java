package dev.gauntlet.config;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values that a hyperparameter may take. In YAML: a value, {@code {choice: [..]}}, {@code
 * {min:, max:}}, {@code {min:, max:, scale: log}} or {@code {min:, max:, step:}}.
 *
 * @param <T> {@link Integer}, {@link Double}, {@link Boolean}, {@link Units}, an enum or a record
 */
public sealed interface Range<T> extends Serializable {

  /** One value. */
  record Fixed<T>(T value) implements Range<T> {}

  /** One of several values, all equally likely. */
  record Choice<T>(List<T> values) implements Range<T> {
    public Choice {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a choice of nothing; the rule: at least one value.");
      }
      values = List.copyOf(values);
      if (values.stream().distinct().count() < values.size()) {
        throw new IllegalArgumentException("a choice with the same value twice: " + values + ".");
      }
    }
  }

  /** Numbers from min to max, both included. */
  record Interval<T extends Number>(T min, T max, Spread scale) implements Range<T> {
    public Interval {
      requireOrder(min, max);
      if (scale == Spread.LOG && min.doubleValue() <= 0) {
        throw new IllegalArgumentException(
            "min " + min + " on a log scale; the rule: above 0. Maybe scale: linear.");
      }
    }
  }

  /**
   * The numbers min, min + step, min + 2 step ..., all equally likely; the last is the largest that
   * is not above max. Added in decimal, so that 0.1 + 0.2 is 0.3.
   */
  record Steps<T extends Number>(T min, T max, T step) implements Range<T> {
    private static final int MAX_VALUES = 10_000;

    public Steps {
      requireOrder(min, max);
      if (step.doubleValue() <= 0) {
        throw new IllegalArgumentException("step " + step + "; the rule: above 0.");
      }
      BigDecimal count = last(min, max, step).add(BigDecimal.ONE);
      if (count.compareTo(BigDecimal.valueOf(MAX_VALUES)) > 0) {
        throw new IllegalArgumentException(
            "step "
                + step
                + " makes more than "
                + MAX_VALUES
                + " values; the rule: at most that. Maybe a larger step, or none.");
      }
    }

    /** How often the step fits in. */
    private static BigDecimal last(Number min, Number max, Number step) {
      return decimal(max).subtract(decimal(min)).divideToIntegralValue(decimal(step));
    }

    private static BigDecimal decimal(Number number) {
      return new BigDecimal(number.toString());
    }

    /** From the smallest. */
    public List<T> values() {
      return IntStream.rangeClosed(0, last(min, max, step).intValueExact())
          .mapToObj(i -> number(decimal(min).add(decimal(step).multiply(BigDecimal.valueOf(i)))))
          .distinct()
          .toList();
    }

    @SuppressWarnings("unchecked") // A number of the type of min.
    private T number(BigDecimal value) {
      return min instanceof Integer
          ? (T) (Integer) value.intValueExact()
          : (T) (Double) value.doubleValue();
    }
  }

  /** One width for all layers, out of a range of numbers. */
  record OneWidth(Range<Integer> width) implements Range<Units> {}

  private static void requireOrder(Number min, Number max) {
    if (min.doubleValue() > max.doubleValue()) {
      throw new IllegalArgumentException(
          "min " + min + " is larger than max " + max + ". Maybe swap them.");
    }
  }

  /** How an interval is spread over probability. */
  enum Spread {
    /** Uniform. */
    LINEAR,
    /** The logarithm is uniform. */
    LOG
  }

  /** The largest whole number of a range. */
  static int largest(Range<Integer> range) {
    if (range instanceof Interval<Integer> interval) {
      return interval.max();
    }
    List<Integer> values =
        range instanceof Choice<Integer> choice
            ? choice.values()
            : range instanceof Steps<Integer> steps ? steps.values() : List.of(range.value());
    return Collections.max(values);
  }

  /** The value of a {@link Fixed}, as every range is in a point of the search space. */
  default T value() {
    throw new IllegalStateException("not a single value: " + this);
  }

  /** Whether this is one value and no other. */
  default boolean isOnly(T value) {
    return this instanceof Fixed<T> fixed && fixed.value().equals(value);
  }
}
