package dev.gauntlet.spark;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TableReader;
import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.data.format.Causes;
import dev.gauntlet.data.format.TableBuilder;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Parquet, ORC, JSON lines, libsvm and tables, wherever Spark finds them. */
public final class SparkTableReader implements TableReader {
  private final Supplier<JavaSparkContext> spark;

  /**
   * @param spark starts Spark, or gives the context that runs; asked after what needs no Spark has
   *     been checked
   */
  public SparkTableReader(Supplier<JavaSparkContext> spark) {
    this.spark = spark;
  }

  @Override
  public Table read(DataConfig config, Task task) {
    DataFiles.of(config);
    try {
      var session = ReadingSession.of(spark.get(), config.format());
      return read(Sources.of(session, config), config, task);
    } catch (OutOfMemoryError e) {
      throw new InvalidInputException(
          config.place() + ": " + Causes.text(e) + ". Maybe a larger one: GAUNTLET_HEAP=4g.");
    }
  }

  private static Table read(Sources sources, DataConfig config, Task task) {
    Source first = sources.first();
    var roles = new Roles(sources.plan(), task);
    var builder = new TableBuilder(roles.typed(first.fields()), config.missing(), task);
    var rows = new RowStream(first, Layout.of(roles, first, first));
    var testRows = sources.test().map(test -> new RowStream(test, Layout.of(roles, first, test)));
    rows.copyTo(builder);
    if (testRows.isPresent()) {
      builder.beginTestRows();
      testRows.get().copyTo(builder);
    }
    return builder.build(config.place());
  }
}
