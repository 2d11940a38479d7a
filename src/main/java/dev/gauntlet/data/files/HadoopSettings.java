package dev.gauntlet.data.files;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/**
 * Hadoop's configuration: its XML files on the class path, and {@code spark.hadoop.*}, which
 * spark-submit gives the driver as system properties. Where neither says otherwise, a server that
 * does not answer is given up after seconds: Hadoop's own defaults try for many minutes.
 */
public final class HadoopSettings {
  private static final String SPARK_PREFIX = "spark.hadoop.";

  private static final Map<String, String> BOUNDS =
      Map.ofEntries(
          Map.entry("ipc.client.connect.timeout", "8000"),
          Map.entry("ipc.client.connect.max.retries", "1"),
          Map.entry("ipc.client.connect.max.retries.on.timeouts", "1"),
          Map.entry("ipc.client.rpc-timeout.ms", "20000"),
          Map.entry("dfs.client.failover.max.attempts", "3"),
          Map.entry("dfs.client.failover.sleep.max.millis", "2000"),
          Map.entry("fs.s3a.attempts.maximum", "3"),
          Map.entry("fs.s3a.retry.limit", "3"),
          Map.entry("fs.s3a.connection.establish.timeout", "8000"));

  /** Made anew, as it is read from files. */
  public Configuration configuration() {
    // With HDFS's own files loaded, so that what they say is seen.
    Configuration configuration = new HdfsConfiguration();
    BOUNDS.forEach(
        (key, value) -> {
          if (isDefault(configuration, key)) {
            configuration.set(key, value);
          }
        });
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            key -> {
              if (key.startsWith(SPARK_PREFIX)) {
                configuration.set(key.substring(SPARK_PREFIX.length()), System.getProperty(key));
              }
            });
    return configuration;
  }

  private static boolean isDefault(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources == null
        || sources.length == 0
        || sources[sources.length - 1].endsWith("-default.xml");
  }
}
