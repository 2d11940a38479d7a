package dev.gauntlet.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands results of tasks to the driver. In local mode they stay where they are, and a name goes
 * through Spark, which would copy them four times.
 */
record Handover(String job, boolean local) implements Serializable {
  private static final Map<String, Object> LOCAL = new ConcurrentHashMap<>();

  /**
   * A result under way.
   *
   * @param value null in local mode
   */
  record Parcel<R>(String name, R value) implements Serializable {}

  static Handover of(boolean local) {
    return new Handover(UUID.randomUUID().toString(), local);
  }

  /** In a task. */
  <R> Parcel<R> give(int partition, R result) {
    if (!local) {
      return new Parcel<>(null, result);
    }
    String name = job + "/" + partition;
    LOCAL.put(name, result);
    return new Parcel<>(name, null);
  }

  /** On the driver, once. */
  @SuppressWarnings("unchecked") // What give() has put there.
  <R> R take(Parcel<R> parcel) {
    return parcel.name == null ? parcel.value : (R) LOCAL.remove(parcel.name);
  }

  /** Lets go of what was given by a job that then failed. */
  void release() {
    LOCAL.keySet().removeIf(name -> name.startsWith(job));
  }
}
