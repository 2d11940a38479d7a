package dev.gauntlet.config;

import java.io.Serializable;
import java.util.List;

/**
 * The values that a hyperparameter may take. In YAML: a value, {@code {choice: [..]}}, {@code
 * {min:, max:}} or {@code {min:, max:, scale: log}}.
 *
 * @param <T> {@link Integer}, {@link Double}, {@link Boolean}, an enum or a record
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
      if (min.doubleValue() > max.doubleValue()) {
        throw new IllegalArgumentException(
            "min " + min + " is larger than max " + max + ". Maybe swap them.");
      }
      if (scale == Spread.LOG && min.doubleValue() <= 0) {
        throw new IllegalArgumentException(
            "min " + min + " on a log scale; the rule: above 0. Maybe scale: linear.");
      }
    }
  }

  /** How an interval is spread over probability. */
  enum Spread {
    /** Uniform. */
    LINEAR,
    /** The logarithm is uniform. */
    LOG
  }

  /** The value of a {@link Fixed}, as every range is in a point of the search space. */
  default T value() {
    throw new IllegalStateException("not a single value: " + this);
  }
}
