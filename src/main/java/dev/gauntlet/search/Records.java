package dev.gauntlet.search;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records taken apart and put together by their components. */
final class Records {
  private Records() {}

  static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static <R extends Record> R create(Class<R> type, Object[] components) {
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
