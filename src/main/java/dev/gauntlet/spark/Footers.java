package dev.gauntlet.spark;

import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.Footer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.orc.OrcUtils;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFooterReader;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What Parquet and ORC files say of their columns, read without a job of Spark. */
record Footers(DataFormat format, Configuration settings, SQLConf conf) {
  private static final int MAX_SHOWN = 20;

  static Footers of(DataFormat format, SparkSession session) {
    var conf = session.sessionState().conf();
    return new Footers(format, session.sessionState().newHadoopConf(), conf);
  }

  /**
   * The columns that all files have, in the order of the first.
   *
   * @throws InvalidInputException for each file that cannot be read, or has other columns than the
   *     first, or columns of other types
   */
  StructType schema(List<Path> files) {
    List<String> problems = new ArrayList<>();
    List<FileSchema> parts = files.parallelStream().map(this::fileSchema).toList();
    FileSchema first = null;
    for (FileSchema part : parts) {
      if (part.problem != null) {
        problems.add(part.problem);
      } else if (first == null && !part.schema.isEmpty()) {
        first = part;
      } else if (!part.schema.isEmpty()) {
        problems.addAll(differences(first, part));
      }
    }
    if (problems.isEmpty() && first == null) {
      problems.add(SparkFiles.name(files.get(0)) + ": no columns; the rule: at least one.");
    }
    if (problems.size() > MAX_SHOWN) {
      String more = problems.size() - MAX_SHOWN + " more problems like these.";
      problems = new ArrayList<>(problems.subList(0, MAX_SHOWN));
      problems.add(more);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return first.schema;
  }

  /**
   * A file.
   *
   * @param problem null if it can be read
   */
  private record FileSchema(String name, StructType schema, String problem) {}

  private FileSchema fileSchema(Path file) {
    String name = SparkFiles.name(file);
    try {
      return new FileSchema(name, schema(file), null);
    } catch (Exception e) {
      return new FileSchema(name, null, OrderedRows.unreadable(name, SparkErrors.fault(e)));
    }
  }

  private StructType schema(Path file) throws IOException {
    if (format == DataFormat.ORC) {
      var type = OrcUtils.readSchema(file, settings, false);
      return type.isEmpty() ? new StructType() : OrcUtils.toCatalystSchema(type.get());
    }
    var footer =
        ParquetFooterReader.readFooter(settings, file, ParquetMetadataConverter.SKIP_ROW_GROUPS);
    return ParquetFileFormat.readSchemaFromFooter(
        new Footer(file, footer), new ParquetToSparkSchemaConverter(conf));
  }

  private static List<String> differences(FileSchema first, FileSchema part) {
    List<String> problems = new ArrayList<>();
    Map<String, String> types = types(part.schema);
    types(first.schema)
        .forEach(
            (column, type) -> {
              String other = types.remove(column);
              if (other == null) {
                problems.add(
                    part.name + ": no column \"" + column + "\", which " + first.name + " has.");
              } else if (!other.equals(type)) {
                problems.add(
                    part.name
                        + ": column \""
                        + column
                        + "\": "
                        + other
                        + "; the rule: "
                        + type
                        + ", as in "
                        + first.name
                        + ". Maybe write the parts again with one type.");
              }
            });
    types
        .keySet()
        .forEach(
            column ->
                problems.add(
                    part.name
                        + ": a column \""
                        + column
                        + "\", which "
                        + first.name
                        + " does not have."));
    return problems;
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      types.put(field.name(), field.dataType().catalogString());
    }
    return types;
  }
}
