package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import java.io.File;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;

/** Spark contexts for a search. */
public final class SparkSessions {
  private static final int NEWEST_JAVA = 21;

  /** Many short-lived arrays: G1 spends more time on them than training does. */
  private static final String EXECUTOR_OPTIONS =
      "-XX:+UseParallelGC -XX:NewSize=64m -XX:MaxNewSize=64m"
          + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0";

  private static final Pattern MASTER =
      Pattern.compile(
          "local(\\[(\\*|[1-9][0-9]{0,4})(, *[1-9][0-9]*)?\\])?"
              + "|local-cluster\\[.+\\]|spark://.+:[0-9]+.*|yarn|k8s://.+");

  private static final Pattern SPARKS_OWN =
      Pattern.compile(
          "[/\\\\](spark|hadoop|scala|breeze|spire|netty|parquet|orc|arrow|jersey|hk2)-");

  private SparkSessions() {}

  /**
   * Starts Spark.
   *
   * @param master null for what spark-submit chose, else all cores of this machine
   */
  public static JavaSparkContext start(String name, String master) {
    SparkConf conf = new SparkConf().setAppName("Gauntlet " + name);
    if (master != null) {
      conf.setMaster(checked(master));
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // Kryo, which many clusters are set to, cannot make records.
    conf.set("spark.serializer", JavaSerializer.class.getName());
    // One native thread per trial, wherever it runs; and what submit/local.sh gives its process.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    conf.setIfMissing("spark.executor.extraJavaOptions", EXECUTOR_OPTIONS);
    PlainBlas.everywhere(conf);
    if (conf.get("spark.master").matches("local(\\[.*)?")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else if (!conf.contains("spark.jars")) {
      conf.setJars(jars());
    }
    return new JavaSparkContext(conf);
  }

  /**
   * Before Spark starts, which would fail with a stack trace.
   *
   * @throws InvalidInputException on a JDK that Spark does not run on
   */
  public static void requireJava() {
    int feature = Runtime.version().feature();
    if (feature > NEWEST_JAVA) {
      throw new InvalidInputException(
          "Java "
              + feature
              + " at "
              + System.getProperty("java.home")
              + "; the rule: 17 to "
              + NEWEST_JAVA
              + ", because Spark 3.5 does not start on newer ones. Maybe set JAVA_HOME to a JDK"
              + " 17.");
    }
  }

  /** What executors need and spark-submit has not given them: the class path without Spark. */
  private static String[] jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .filter(path -> !SPARKS_OWN.matcher(path).find())
        .toArray(String[]::new);
  }

  /**
   * Before Spark starts, which would not say what it expects.
   *
   * @throws InvalidInputException if this is no master
   */
  public static String checked(String master) {
    if (!MASTER.matcher(master).matches()) {
      throw new InvalidInputException(
          "--master "
              + master
              + ": no master of Spark; the rule: local, local[N], local[*], spark://HOST:PORT, yarn"
              + " or k8s://HOST. Maybe local[2].");
    }
    return master;
  }
}
