package dev.gauntlet.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a number, or of each value of a {@link Range}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Bounds {
  double min() default Double.NEGATIVE_INFINITY;

  double max() default Double.POSITIVE_INFINITY;

  /** Whether {@link #min} itself is outside. */
  boolean above() default false;

  /** Whether {@link #max} itself is outside. */
  boolean below() default false;

  /** What to advise for a number below {@link #min}; empty for nothing. */
  String maybe() default "";
}
