package dev.gauntlet.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records taken apart and put together by their components. */
public final class Records {
  private Records() {}

  /** The value of a component. */
  public static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record of the given components, in their order. */
  public static <R extends Record> R create(Class<R> type, Object[] components) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
