package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Sharding;
import dev.gauntlet.validate.Experiment;
import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * An experiment that travels with each task as a name. Executors get the data once, by broadcast:
 * all of it, or, where trainings are on shards, piece by piece what they read. In local mode tasks
 * run where the data is, and a broadcast would hold it twice.
 */
final class SharedExperiment implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Map<String, Experiment> LOCAL = new ConcurrentHashMap<>();

  private final String name;
  private final Broadcast<Experiment> broadcast;

  /** Only on the driver; null where trainings have all rows in one place. */
  private final transient Sharding sharding;

  /** Only on the driver; null where executors have all rows in one place. */
  private final transient PieceValues pieces;

  /**
   * @param broadcast null in local mode
   */
  private SharedExperiment(
      String name, Broadcast<Experiment> broadcast, Sharding sharding, PieceValues pieces) {
    this.name = name;
    this.broadcast = broadcast;
    this.sharding = sharding;
    this.pieces = pieces;
  }

  static SharedExperiment of(JavaSparkContext spark, Experiment experiment) {
    String name = UUID.randomUUID().toString();
    Sharding sharding = sharding(experiment);
    if (spark.isLocal()) {
      LOCAL.put(
          name,
          sharding == null
              ? experiment
              : experiment.sharded(sharding, experiment.dataset().values()));
      return new SharedExperiment(name, null, sharding, null);
    }
    if (sharding == null) {
      return new SharedExperiment(name, spark.broadcast(experiment), null, null);
    }
    var pieces = PieceValues.of(spark, experiment.dataset(), sharding);
    Experiment light = experiment.sharded(sharding, pieces);
    return new SharedExperiment(name, spark.broadcast(light), sharding, pieces);
  }

  private static Sharding sharding(Experiment experiment) {
    var training = experiment.config().space().training();
    return training.averages()
        ? Sharding.of(
            experiment.split(),
            experiment.dataset().columns().size(),
            Math.max(1, training.shards()),
            new Seed(experiment.config().seed()))
        : null;
  }

  /** Which rows each shard has; null where trainings have all of them in one place. */
  Sharding sharding() {
    return sharding;
  }

  Experiment experiment() {
    return broadcast == null ? LOCAL.get(name) : broadcast.value();
  }

  /** Lets go of the data in this process; executors keep it until they end. */
  void forget() {
    LOCAL.remove(name);
  }

  /** Lets go of the data. */
  void release() {
    forget();
    if (broadcast != null) {
      broadcast.unpersist();
    }
    if (pieces != null) {
      pieces.release();
    }
  }
}
