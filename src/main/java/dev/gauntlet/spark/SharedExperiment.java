package dev.gauntlet.spark;

import dev.gauntlet.validate.Experiment;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * An experiment that travels with each task as a name. Executors get the data once, by broadcast;
 * in local mode tasks run where the data is, and a broadcast would hold it twice.
 *
 * @param broadcast null in local mode
 */
record SharedExperiment(String name, Broadcast<Experiment> broadcast) implements Serializable {
  private static final Map<String, Experiment> LOCAL = new ConcurrentHashMap<>();

  static SharedExperiment of(JavaSparkContext spark, Experiment experiment) {
    String name = UUID.randomUUID().toString();
    if (spark.isLocal()) {
      LOCAL.put(name, experiment);
      return new SharedExperiment(name, null);
    }
    return new SharedExperiment(name, spark.broadcast(experiment));
  }

  Experiment experiment() {
    return broadcast == null ? LOCAL.get(name) : broadcast.value();
  }

  /** Lets go of the data. */
  void release() {
    LOCAL.remove(name);
    if (broadcast != null) {
      broadcast.unpersist();
    }
  }
}
