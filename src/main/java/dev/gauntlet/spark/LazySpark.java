package dev.gauntlet.spark;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.RunConfig;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.data.files.TransferListener;
import dev.gauntlet.data.format.FileTableReader;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for one command: started when it is first needed, by a reader or for trials. */
public final class LazySpark implements AutoCloseable {
  private final String name;
  private final String master;
  private final RunConfig run;
  private JavaSparkContext context;

  /** As below, where nothing is trained. */
  public LazySpark(String name, String master) {
    this(name, master, null);
  }

  /**
   * @param name of the search
   * @param master of this machine; null for what spark-submit chose, else all cores
   * @param run what trials ask of executors; null if there will be none
   */
  public LazySpark(String name, String master, RunConfig run) {
    this.name = name;
    this.master = master;
    this.run = run;
  }

  /**
   * The reader of a format; Spark starts only if it has to read.
   *
   * @param listener hears of files that are not on this machine yet
   */
  public TableReader reader(DataConfig data, TransferListener listener) {
    return data.format().spark()
        ? new SparkTableReader(this::context)
        : new FileTableReader(listener);
  }

  /** Starts Spark if it does not run. */
  public JavaSparkContext context() {
    if (context == null) {
      SparkSessions.requireJava();
      context = SparkSessions.start(name, master, run);
    }
    return context;
  }

  @Override
  public void close() {
    if (context != null) {
      context.stop();
    }
  }
}
