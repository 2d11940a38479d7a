package dev.gauntlet.search;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Records;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A range of the search space, for people.
 *
 * @param path under {@code space}
 * @param condition what has to be chosen for it to matter, such as {@code sgd}; empty for nothing
 * @param kind {@code fixed}, {@code choice}, {@code integer}, {@code uniform} or {@code log}
 * @param values such as {@code 1 to 3} or {@code relu, tanh}
 */
public record Dimension(String path, String condition, String kind, String values) {

  /** Every range, also those of one value, in the order of the YAML. */
  public static List<Dimension> of(Record space) {
    List<Dimension> dimensions = new ArrayList<>();
    collect(space, "", "", dimensions);
    return List.copyOf(dimensions);
  }

  private static void collect(Record record, String path, String condition, List<Dimension> found) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Records.component(record, component);
      String name = path + Names.word(component.getName());
      if (value instanceof Range<?> range) {
        range(range, name, condition, found);
      } else if (value instanceof Record nested) {
        collect(nested, name + ".", condition, found);
      }
    }
  }

  private static void range(Range<?> range, String name, String condition, List<Dimension> found) {
    List<?> values = values(range);
    List<Record> variants =
        values.stream()
            .filter(value -> value instanceof Record && !(value instanceof Range))
            .map(Record.class::cast)
            .toList();
    String path = variants.isEmpty() ? name : name + ".type";
    found.add(new Dimension(path, condition, kind(range), words(range)));
    for (Record variant : variants) {
      collect(variant, name + ".", variants.size() == 1 ? condition : type(variant), found);
    }
  }

  private static List<?> values(Range<?> range) {
    if (range instanceof Choice<?> choice) {
      return choice.values();
    }
    return range instanceof Fixed<?> fixed ? List.of(fixed.value()) : List.of();
  }

  private static String kind(Range<?> range) {
    if (range instanceof Interval<?> interval) {
      boolean whole = interval.min() instanceof Integer;
      boolean log = interval.scale() == Spread.LOG;
      return log ? (whole ? "integer, log" : "log") : whole ? "integer" : "uniform";
    }
    return values(range).size() > 1 ? "choice" : "fixed";
  }

  private static String words(Range<?> range) {
    if (!(range instanceof Interval<?> interval)) {
      return values(range).stream().map(Dimension::word).collect(Collectors.joining(", "));
    }
    String words = word(interval.min()) + " to " + word(interval.max());
    for (Map.Entry<?, ?> more : ((Map<?, ?>) ConfigWriter.tree(interval)).entrySet()) {
      if (!List.of("min", "max", "scale").contains(more.getKey())) {
        words += ", " + more.getKey() + " " + more.getValue();
      }
    }
    return words;
  }

  private static String word(Object value) {
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toString();
    }
    return value instanceof Record variant && !(value instanceof Range)
        ? type(variant)
        : String.valueOf(ConfigWriter.tree(value));
  }

  private static String type(Record variant) {
    return Names.word(variant.getClass().getSimpleName());
  }
}
