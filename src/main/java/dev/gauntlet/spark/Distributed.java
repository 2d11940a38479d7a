package dev.gauntlet.spark;

import dev.gauntlet.config.Names;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.TrainingConfig;
import dev.gauntlet.config.TrainingConfig.Distribution;
import dev.gauntlet.data.Dataset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * A search with what its configuration leaves open filled in, where candidates are trained on
 * shards: that they are, and on how many. By sizes and settings alone, not by which executors
 * happen to be up, because results depend on it.
 *
 * @param why a sentence for people; null where nothing had to be decided
 */
public record Distributed(SearchConfig config, String why) {
  /** An executor holds the rows as they came, as they were sent, and scaled. */
  private static final int COPIES = 3;

  /** Of an executor's heap: what Spark leaves to those who keep something. */
  private static final double SHARE = 0.6;

  /**
   * Bytes of rows that a shard has at most, where nobody says how many there are. Nothing else
   * decides it: results depend on the number, and are to be the same on every cluster.
   */
  private static final long SHARD = 1L << 30;

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[.*)?");

  /**
   * Decides.
   *
   * @param master of this machine; null for what spark-submit chose, else all cores
   */
  public static Distributed of(SearchConfig config, Dataset dataset, String master) {
    var spark = new SparkConf();
    if (master != null) {
      spark.setMaster(master);
    }
    spark.setIfMissing("spark.master", "local[*]");
    return of(config, bytes(dataset), spark);
  }

  private static long bytes(Dataset dataset) {
    return (long) Float.BYTES * dataset.rows() * dataset.columns().size();
  }

  static Distributed of(SearchConfig config, long bytes, SparkConf spark) {
    TrainingConfig training = config.space().training();
    boolean local = LOCAL.matcher(spark.get("spark.master")).matches();
    long memory = JavaUtils.byteStringAsBytes(spark.get("spark.executor.memory", "1g"));
    boolean fits = local || COPIES * bytes <= SHARE * memory;
    boolean averages = training.distribution() == Distribution.AUTO ? !fits : training.averages();
    if (!averages) {
      return new Distributed(
          config,
          local || training.distribution() != Distribution.AUTO
              ? null
              : "a candidate per slot: " + size(bytes, memory, "less"));
    }
    int shards =
        training.shards() > 0 ? training.shards() : (int) Math.max(2, 1 + (bytes - 1) / SHARD);
    String how =
        "parameter averaging over "
            + Names.count(shards, "shard")
            + (training.averagingFrequency() == 0
                ? ", once an epoch"
                : ", every " + Names.count(training.averagingFrequency(), "step"));
    return new Distributed(
        config.training(training.distributed(Distribution.PARAMETER_AVERAGING, shards)),
        training.distribution() == Distribution.AUTO
            ? how + ": " + size(bytes, memory, "more")
            : how);
  }

  private static String size(long bytes, long memory, String than) {
    return String.format(
        Locale.ROOT,
        "%.1f GB of rows, %d times over, are %s than %.0f %% of spark.executor.memory, %.1f GB",
        bytes / 1e9,
        COPIES,
        than,
        100 * SHARE,
        memory / 1e9);
  }
}
