package dev.gauntlet.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark contexts for a search. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * Starts Spark.
   *
   * @param master null for what spark-submit chose, else all cores of this machine
   */
  public static JavaSparkContext start(String name, String master) {
    SparkConf conf = new SparkConf().setAppName("Gauntlet " + name);
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // One native thread per trial, wherever it runs.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return new JavaSparkContext(conf);
  }
}
