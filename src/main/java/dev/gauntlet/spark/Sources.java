package dev.gauntlet.spark;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.format.ColumnNames;
import dev.gauntlet.data.format.ColumnPlan;
import dev.gauntlet.data.format.ColumnPlan.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Table;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a configuration names: rows, perhaps test rows, and what their columns are for.
 *
 * @param plan of the columns of {@code first}
 */
record Sources(Source first, Optional<Source> test, ColumnPlan plan) {

  /**
   * Opens them: their columns are known then, their rows not yet read.
   *
   * @throws InvalidInputException if they cannot be read, or are not what the configuration says
   */
  static Sources of(SparkSession session, DataConfig config) {
    return config.format() == DataFormat.LIBSVM ? libsvm(session, config) : named(session, config);
  }

  private static Sources named(SparkSession session, DataConfig config) {
    Source first =
        config.format() == DataFormat.TABLE
            ? table(session, config.sparkTable())
            : files(session, config.format(), "data.path", config.path());
    Optional<Source> test =
        Optional.ofNullable(config.test())
            .map(path -> files(session, config.format(), "data.test", path));
    requireNames(first.where(), first.names());
    ColumnPlan plan = ColumnPlan.of(first.where(), first.names(), first.families(), config, 0);
    return new Sources(first, test, plan);
  }

  private static Source table(SparkSession session, String name) {
    String where = "data.spark-table: " + name;
    if (!SparkErrors.guard(where, () -> session.catalog().tableExists(name))) {
      List<String> known =
          SparkErrors.guard(where, () -> session.catalog().listTables().collectAsList()).stream()
              .map(Table::name)
              .toList();
      String advice =
          known.isEmpty()
              ? " Its catalog is empty. Maybe spark-submit of a Spark that has Hive."
              : Suggestions.maybe(name, known);
      throw new InvalidInputException(where + ": no such table in Spark's catalog." + advice);
    }
    Dataset<Row> rows = SparkErrors.guard(where, () -> session.table(name));
    return new Source(name, rows, fields(rows)).measured();
  }

  private static List<Field> fields(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields()).map(Field::of).toList();
  }

  private static Source files(SparkSession session, DataFormat format, String key, String place) {
    var files = SparkFiles.of(session, key, place);
    if (format == DataFormat.JSON) {
      return json(session, files);
    }
    StructType schema = Footers.of(format, session).schema(files.files());
    Dataset<Row> rows = load(session, format, schema, files);
    return new Source(place, rows, fields(rows)).measured();
  }

  /** With the folders' columns, such as that of {@code year=2020}, after those of the files. */
  private static Source json(SparkSession session, SparkFiles files) {
    List<Field> fields = new ArrayList<>(JsonColumns.of(session, files));
    var schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.name(), field.type());
    }
    Dataset<Row> rows = load(session, DataFormat.JSON, schema, files);
    for (StructField field : rows.schema().fields()) {
      if (fields.stream().noneMatch(known -> known.name().equals(field.name()))) {
        fields.add(Field.of(field));
      }
    }
    return new Source(files.where(), rows, fields).measured();
  }

  private static Dataset<Row> load(
      SparkSession session, DataFormat format, StructType schema, SparkFiles files) {
    requireNames(files.where(), List.of(schema.fieldNames()));
    return SparkErrors.guard(
        files.where(),
        () -> session.read().format(Names.word(format)).schema(schema).load(files.path()));
  }

  private static void requireNames(String where, List<String> names) {
    List<String> problems = ColumnNames.problems(where, names);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Columns {@code x1} .. {@code xn}, as many as the widest row of both files has. */
  private static Sources libsvm(SparkSession session, DataConfig config) {
    var train = SparkFiles.of(session, "data.path", config.path());
    var test =
        Optional.ofNullable(config.test()).map(path -> SparkFiles.of(session, "data.test", path));
    var size = LibsvmColumns.size(session, train);
    test.ifPresent(files -> size.add(LibsvmColumns.size(session, files)));
    requireRoom(config, size);
    List<String> names = IntStream.rangeClosed(1, size.columns()).mapToObj(i -> "x" + i).toList();
    Source first = libsvm(session, train, names);
    List<Role> roles = new ArrayList<>(Collections.nCopies(names.size() + 1, Role.FEATURE));
    roles.set(0, Role.LABEL);
    return new Sources(
        first,
        test.map(files -> libsvm(session, files, names)),
        new ColumnPlan(first.names(), roles, Set.of()));
  }

  private static Source libsvm(SparkSession session, SparkFiles files, List<String> names) {
    Dataset<Row> rows =
        SparkErrors.guard(
            files.where(),
            () ->
                session
                    .read()
                    .format("libsvm")
                    .option("numFeatures", names.size())
                    .load(files.path()));
    List<Field> fields = fields(rows);
    return new Source(files.where(), rows, List.of(fields.get(0), fields.get(1).with(names)));
  }

  /** Sparse rows are small in a file, and a matrix in memory. */
  private static void requireRoom(DataConfig config, LibsvmColumns.Size size) {
    long bytes = 4 * size.rows() * size.columns();
    long heap = Runtime.getRuntime().maxMemory();
    String where = config.place() + ": " + size.rows() + " rows of " + size.columns() + " columns";
    if (size.columns() == 0) {
      throw new InvalidInputException(where + "; the rule: at least one of each.");
    }
    if (bytes > heap) {
      throw new InvalidInputException(
          where
              + " take "
              + (bytes >> 20)
              + " MiB; the rule: less than the heap of "
              + (heap >> 20)
              + " MiB. Maybe a larger one (GAUNTLET_HEAP), or fewer rows or columns.");
    }
  }
}
