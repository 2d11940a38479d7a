package dev.gauntlet.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * A column of Spark: one column of the table, or as many as its arrays are long.
 *
 * @param type as Spark reads it
 * @param shown what it is, for messages
 * @param names of the columns of the table, at least one
 */
record Field(String name, Kind kind, DataType type, String shown, List<String> names) {
  private static final int MAX_SHOWN = 60;

  static Field of(StructField field) {
    DataType type = field.dataType();
    return of(field.name(), Kind.of(type), type, shown(type));
  }

  /** One column. */
  static Field of(String name, Kind kind, DataType type, String shown) {
    return new Field(name, kind, type, shown, List.of(name));
  }

  private static String shown(DataType type) {
    String text = type.simpleString();
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
  }

  /** With columns {@code name_0 .. name_n-1}. */
  Field ofWidth(int width) {
    return with(IntStream.range(0, width).mapToObj(i -> name + "_" + i).toList());
  }

  Field with(List<String> columns) {
    return new Field(name, kind, type, shown, columns);
  }

  int width() {
    return names.size();
  }
}
