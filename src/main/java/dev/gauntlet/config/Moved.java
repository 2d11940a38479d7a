package dev.gauntlet.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key that a section had once, and what is written instead. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Moved {
  String key();

  String now();
}
