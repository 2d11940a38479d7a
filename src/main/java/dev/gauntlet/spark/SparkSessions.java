package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.RunConfig;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;

/** Spark contexts for a search. */
public final class SparkSessions {
  private static final int NEWEST_JAVA = 21;

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** Many short-lived arrays: G1 spends more time on them than training does. */
  private static final String COLLECTOR = "-XX:+UseParallelGC -XX:NewSize=64m -XX:MaxNewSize=64m ";

  private static final String NATIVE_MEMORY = "-Dorg.bytedeco.javacpp.maxphysicalbytes=0 ";

  private static final Pattern ANY_COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9][0-9]{0,4})(, *[1-9][0-9]*)?\\])?");

  private SparkSessions() {}

  /** As below, where nothing is trained. */
  public static JavaSparkContext start(String name, String master) {
    return start(name, master, null);
  }

  /**
   * Starts Spark.
   *
   * @param master of this machine; null for what spark-submit chose, else all cores
   * @param run what trials ask of executors; null if there will be none
   */
  public static JavaSparkContext start(String name, String master, RunConfig run) {
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
    conf.set(EXECUTOR_OPTIONS, executorOptions(conf));
    PlainBlas.everywhere(conf);
    bearFailures(conf);
    if (LOCAL.matcher(conf.get("spark.master")).matches()) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
      // This process is the driver: it bears pauses, and ends for no task that is out of memory.
      conf.setIfMissing("spark.executor.heartbeat.maxFailures", "600");
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    } else {
      GpuShare.into(conf, run);
    }
    return new JavaSparkContext(conf);
  }

  /** A trial may take its process down, again and again; that is no reason to end the rest. */
  private static void bearFailures(SparkConf conf) {
    conf.setIfMissing("spark.executor.maxNumFailures", "1000000");
    // A cancelled task that does not end, in native code, is ended with its process.
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    conf.setIfMissing("spark.task.reaper.pollingInterval", "5s");
    conf.setIfMissing("spark.task.reaper.killTimeout", "15s");
  }

  /** Ours, then the user's, which win; a JVM that is told two collectors does not start. */
  private static String executorOptions(SparkConf conf) {
    String theirs = conf.get(EXECUTOR_OPTIONS, "");
    String all = conf.get("spark.executor.defaultJavaOptions", "") + " " + theirs;
    return (ANY_COLLECTOR.matcher(all).find() ? "" : COLLECTOR) + NATIVE_MEMORY + theirs;
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

  /**
   * Before Spark starts, which would not say what it expects.
   *
   * @throws InvalidInputException if this is no master of this machine
   */
  public static String checked(String master) {
    if (!LOCAL.matcher(master).matches()) {
      String advice =
          master.matches("spark://.*|yarn|k8s://.*")
              ? " A cluster needs spark-submit. Maybe submit/cluster.sh."
              : " Maybe local[2].";
      throw new InvalidInputException(
          "--master "
              + master
              + ": no master of this machine; the rule: local, local[N] or local[*]."
              + advice);
    }
    return master;
  }
}
