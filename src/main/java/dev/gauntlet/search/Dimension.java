package dev.gauntlet.search;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.NetworkConfig.Widths;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.OneWidth;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Range.Steps;
import dev.gauntlet.config.Records;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A range of the search space, for people.
 *
 * @param path under {@code space}
 * @param condition what has to be chosen for it to matter, such as {@code sgd, cosine}; empty for
 *     nothing
 * @param kind {@code fixed}, {@code choice}, {@code integer}, {@code steps}, {@code uniform} or
 *     {@code log}
 * @param values such as {@code 1 to 3} or {@code relu, tanh}
 */
public record Dimension(String path, String condition, String kind, String values) {

  private static final String UNITS = "units";
  private static final String FIXED = "fixed";

  /** Every range, also those of one value, in the order of the YAML. */
  static List<Dimension> of(Record space) {
    List<Dimension> dimensions = new ArrayList<>();
    collect(space, "", "", dimensions);
    return List.copyOf(dimensions);
  }

  /** The paths at which two candidates may differ, in the order of the YAML. */
  static List<String> varying(Record space) {
    Map<String, Set<String>> fixed = new LinkedHashMap<>();
    Set<String> varying = new HashSet<>();
    for (Dimension dimension : of(space)) {
      fixed.computeIfAbsent(dimension.path, path -> new HashSet<>()).add(dimension.values);
      if (dimension.varies()) {
        varying.add(dimension.path);
      }
    }
    return fixed.entrySet().stream()
        .filter(entry -> varying.contains(entry.getKey()) || entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether it has more than one value. */
  public boolean varies() {
    return !kind.equals(FIXED);
  }

  private static void collect(Record record, String path, String condition, List<Dimension> found) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Records.component(record, component);
      String name = path + Names.word(component.getName());
      if (record instanceof Dense dense && name.endsWith(UNITS) && dense.independentLayers() > 0) {
        ownUnits(dense, name, condition, found);
      } else if (value instanceof Range<?> range) {
        range(range, name, condition, found);
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          nested(list.get(i), name + "[" + i + "].", condition, found);
        }
      } else {
        nested(value, name + ".", condition, found);
      }
    }
  }

  private static void nested(Object value, String path, String condition, List<Dimension> found) {
    if (value instanceof Record record) {
      collect(record, path, condition, found);
    }
  }

  /** Where layers may have units of their own: a dimension for each layer. */
  private static void ownUnits(Dense dense, String name, String condition, List<Dimension> found) {
    if (!dense.widths().isOnly(Widths.INDEPENDENT)) {
      range(dense.units(), name, condition, found);
    }
    for (int layer = 1; layer <= dense.independentLayers(); layer++) {
      range(dense.units(), name + "." + layer, condition, found);
    }
  }

  private static void range(Range<?> range, String name, String condition, List<Dimension> found) {
    Range<?> plain = range instanceof OneWidth units ? units.width() : range;
    List<?> values = values(plain);
    List<Record> variants =
        values.stream().filter(Record.class::isInstance).map(Record.class::cast).toList();
    String path = variants.isEmpty() ? name : name + ".type";
    found.add(new Dimension(path, condition, kind(plain), words(plain)));
    for (Record variant : variants) {
      collect(variant, name + ".", chosen(condition, variant, variants.size()), found);
    }
  }

  private static String chosen(String condition, Record variant, int variants) {
    if (variants == 1) {
      return condition;
    }
    return condition.isEmpty() ? type(variant) : condition + ", " + type(variant);
  }

  private static List<?> values(Range<?> range) {
    if (range instanceof Choice<?> choice) {
      return choice.values();
    }
    return range instanceof Fixed<?> fixed ? List.of(fixed.value()) : List.of();
  }

  private static String kind(Range<?> range) {
    if (range instanceof Steps<?> steps) {
      return steps.min() instanceof Integer ? "integer" : "steps";
    }
    if (range instanceof Interval<?> interval) {
      boolean whole = interval.min() instanceof Integer;
      boolean log = interval.scale() == Spread.LOG;
      return log ? (whole ? "integer, log" : "log") : whole ? "integer" : "uniform";
    }
    return values(range).size() > 1 ? "choice" : FIXED;
  }

  private static String words(Range<?> range) {
    if (range instanceof Interval<?> interval) {
      return word(interval.min()) + " to " + word(interval.max());
    }
    return range instanceof Steps<?> steps
        ? word(steps.min()) + " to " + word(steps.max()) + ", step " + word(steps.step())
        : values(range).stream().map(Dimension::word).collect(Collectors.joining(", "));
  }

  private static String word(Object value) {
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toString();
    }
    return value instanceof Record variant
        ? type(variant)
        : String.valueOf(ConfigWriter.tree(value));
  }

  private static String type(Record variant) {
    return Names.word(variant.getClass().getSimpleName());
  }
}
