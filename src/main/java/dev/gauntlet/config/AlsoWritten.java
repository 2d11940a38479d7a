package dev.gauntlet.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Another word for an enum constant, such as {@code true}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface AlsoWritten {
  String value();
}
