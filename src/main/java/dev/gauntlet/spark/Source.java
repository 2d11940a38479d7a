package dev.gauntlet.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a key of the configuration names.
 *
 * @param where the path or the table, for messages
 * @param rows read when they are asked for
 */
record Source(String where, Dataset<Row> rows, List<Field> fields) {

  /** The names of the columns of the table. */
  List<String> names() {
    return fields.stream().flatMap(field -> field.names().stream()).toList();
  }

  /** Arrays, by their own name, and the places of their columns. */
  Map<String, Set<Integer>> families() {
    Map<String, Set<Integer>> families = new LinkedHashMap<>();
    int place = 0;
    for (Field field : fields) {
      if (field.kind().wide()) {
        families.put(
            field.name(),
            IntStream.range(place, place + field.width()).boxed().collect(Collectors.toSet()));
      }
      place += field.width();
    }
    return families;
  }

  /** With arrays as wide as the first row that has one; an array that no row has is nothing. */
  Source measured() {
    List<Field> wide = fields.stream().filter(field -> field.kind().wide()).toList();
    if (wide.isEmpty()) {
      return this;
    }
    int[] widths = Widths.of(where, rows, wide);
    List<Field> measured = new ArrayList<>(fields);
    for (int i = 0; i < widths.length; i++) {
      Field field = wide.get(i);
      measured.set(
          fields.indexOf(field),
          widths[i] > 0
              ? field.ofWidth(widths[i])
              : Field.of(
                  field.name(), Kind.NESTED, field.type(), field.shown() + " without a number"));
    }
    return new Source(where, rows, measured);
  }
}
