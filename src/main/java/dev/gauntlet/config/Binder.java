package dev.gauntlet.config;

import dev.gauntlet.config.YamlNode.Entry;
import dev.gauntlet.config.YamlNode.Mapping;
import dev.gauntlet.config.YamlNode.Scalar;
import dev.gauntlet.config.YamlNode.Sequence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * YAML nodes to records, by the records' own components and annotations. Every problem of a file is
 * collected; a method returns null where it added one.
 */
final class Binder {
  private static final List<String> RANGE_KEYS = List.of("choice", "min", "max", "scale");

  private final Problems problems;
  private final ScalarReader scalars;

  Binder(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarReader(problems);
  }

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  <T extends Record> T bind(YamlNode node, String path, Class<T> type) {
    return type.cast(value(node, path, type, null));
  }

  private Object value(YamlNode node, String path, Type type, RecordComponent rules) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Map.class) {
        return map(node, path);
      }
      return generic.getRawType() == Range.class
          ? range(node, path, (Class<?>) element, rules)
          : list(node, path, element, rules);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isSealed()) {
      return variant(node, path, plain);
    }
    if (plain.isRecord()) {
      Mapping mapping = mapping(node, path);
      return mapping == null ? null : record(mapping, path, plain, List.of());
    }
    if (node instanceof Scalar scalar) {
      return scalar(scalar, path, plain, rules);
    }
    problems.add(node.at(), path, node.kind() + "; the rule: one value.");
    return null;
  }

  private Object scalar(Scalar scalar, String path, Class<?> type, RecordComponent rules) {
    Bounds bounds = rules == null ? null : rules.getAnnotation(Bounds.class);
    if (type.isEnum()) {
      return scalars.constant(scalar, path, type);
    }
    if (type == boolean.class || type == Boolean.class) {
      return scalars.truth(scalar, path);
    }
    if (type == double.class || type == Double.class) {
      return scalars.decimal(scalar, path, bounds);
    }
    if (type == long.class) {
      return scalars.integer(scalar, path, bounds);
    }
    if (type == int.class || type == Integer.class) {
      return integer(scalar, path, bounds, rules);
    }
    if (type == Duration.class) {
      return scalars.duration(scalar, path);
    }
    if (rules.isAnnotationPresent(AnyText.class)) {
      return scalar.text();
    }
    String word = scalars.word(scalar, path);
    boolean isPath = rules.isAnnotationPresent(FilePath.class);
    return word == null || !isPath || Uris.isUri(word) ? word : absolute(word, scalar.at(), path);
  }

  private String absolute(String word, Location at, String path) {
    try {
      return at.folder().resolve(word).toAbsolutePath().normalize().toString();
    } catch (java.nio.file.InvalidPathException e) {
      problems.add(at, path, "not a path: " + e.getReason() + ".");
      return null;
    }
  }

  private Integer integer(Scalar scalar, String path, Bounds bounds, RecordComponent rules) {
    ZeroWord zero = rules.getAnnotation(ZeroWord.class);
    if (zero != null && scalar.text().equals(zero.value())) {
      return 0;
    }
    Long value = scalars.integer(scalar, path, bounds);
    if (value != null && value.intValue() != value) {
      problems.add(scalar.at(), path, value + " is too large for a 32-bit number.");
      return null;
    }
    return value == null ? null : value.intValue();
  }

  private Mapping mapping(YamlNode node, String path) {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (node instanceof Scalar scalar && scalar.plain() && scalar.text().isEmpty()) {
      return new Mapping(node.at(), new LinkedHashMap<>());
    }
    problems.add(node.at(), path, node.kind() + "; the rule: a mapping of keys to values.");
    return null;
  }

  /**
   * One of the records that a sealed interface permits, named by the key {@code type}, or by a word
   * alone.
   */
  private Object variant(YamlNode node, String path, Class<?> type) {
    Mapping mapping = mapping(typed(node), path);
    if (mapping == null) {
      return null;
    }
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      variants.put(Names.word(variant.getSimpleName()), variant);
    }
    Entry entry = mapping.entries().get("type");
    String rule = "the rule: " + String.join(" or ", variants.keySet()) + ".";
    if (entry == null) {
      problems.add(mapping.at(), child(path, "type"), "missing; " + rule);
      return null;
    }
    String word = entry.value() instanceof Scalar scalar ? scalar.text() : "";
    Class<?> variant = variants.get(word);
    if (variant == null) {
      String text =
          entry.value().kind() + "; " + rule + Suggestions.maybeNearest(word, variants.keySet());
      problems.add(entry.value().at(), child(path, "type"), text);
      return null;
    }
    return record(mapping, path, variant, List.of("type"));
  }

  /** A word stands for a mapping whose only key is its type. */
  private static YamlNode typed(YamlNode node) {
    if (!(node instanceof Scalar scalar) || !scalar.plain() || scalar.text().isEmpty()) {
      return node;
    }
    var mapping = new Mapping(node.at(), new LinkedHashMap<>());
    mapping.entries().put("type", new Entry(node.at(), scalar));
    return mapping;
  }

  private Object record(Mapping mapping, String path, Class<?> type, List<String> moreKeys) {
    int before = problems.size();
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = new ArrayList<>(moreKeys);
    Arrays.stream(components).map(component -> Names.word(component.getName())).forEach(keys::add);
    refuseUnknown(mapping, path, keys, type.getAnnotation(Moved.class));
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = component(mapping, path, components[i]);
    }
    if (problems.size() > before) {
      return null;
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException(e.getCause());
      }
      problems.add(mapping.at(), path, e.getCause().getMessage());
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refuseUnknown(Mapping mapping, String path, List<String> keys, Moved moved) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!keys.contains(key)) {
                String maybe =
                    moved != null && moved.key().equals(key)
                        ? " Maybe " + moved.now() + "."
                        : Suggestions.maybe(key, keys);
                String text = "unknown key." + maybe;
                problems.add(entry.at(), child(path, key), text);
              }
            });
  }

  private Object component(Mapping mapping, String path, RecordComponent component) {
    String key = Names.word(component.getName());
    Entry entry = mapping.entries().get(key);
    if (entry != null) {
      return value(entry.value(), child(path, key), component.getGenericType(), component);
    }
    Default fallback = component.getAnnotation(Default.class);
    if (fallback == null) {
      problems.add(mapping.at(), child(path, key), "missing; this key is required.");
      return null;
    }
    return fallback.value().isEmpty()
        ? null
        : value(
            YamlParser.parse(fallback.value(), mapping.at().atLine(0), problems).orElseThrow(),
            child(path, key),
            component.getGenericType(),
            component);
  }

  /** From text to text, in the order of the file. */
  private Map<String, String> map(YamlNode node, String path) {
    Mapping mapping = mapping(node, path);
    if (mapping == null) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Scalar scalar) {
                texts.put(key, scalar.text());
              } else {
                String text = entry.value().kind() + "; the rule: one value.";
                problems.add(entry.value().at(), child(path, key), text);
              }
            });
    return texts;
  }

  private List<Object> list(YamlNode node, String path, Type element, RecordComponent rules) {
    if (!(node instanceof Sequence sequence)) {
      String text = node.kind() + "; the rule: a list. Maybe [" + node.kind() + "].";
      problems.add(node.at(), path, text);
      return null;
    }
    List<Object> items = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      items.add(value(item, path + "[" + items.size() + "]", element, rules));
    }
    return items.contains(null) ? null : items;
  }

  private Range<?> range(YamlNode node, String path, Class<?> element, RecordComponent rules) {
    if (node instanceof Sequence) {
      problems.add(node.at(), path, "a list; the rule: one value. Maybe {choice: [..]}.");
      return null;
    }
    boolean composite = element.isRecord() || element.isSealed();
    if (!(node instanceof Mapping mapping)
        || (composite && !mapping.entries().containsKey("choice"))) {
      Object value = value(node, path, element, rules);
      return value == null ? null : new Range.Fixed<>(value);
    }
    int before = problems.size();
    refuseUnknown(mapping, path, RANGE_KEYS, null);
    Map<String, Entry> entries = mapping.entries();
    boolean choice = entries.containsKey("choice");
    if (choice && entries.size() > 1 && problems.size() == before) {
      problems.add(mapping.at(), path, "choice goes with no other key.");
    }
    if (!choice && !Number.class.isAssignableFrom(element)) {
      problems.add(mapping.at(), path, "no number; the rule: one value, or {choice: [..]}.");
    }
    if (problems.size() > before) {
      return null;
    }
    try {
      return choice
          ? choice(entries.get("choice").value(), child(path, "choice"), element, rules)
          : interval(mapping, path, element, rules);
    } catch (IllegalArgumentException e) {
      problems.add(mapping.at(), path, e.getMessage());
      return null;
    }
  }

  private Range<?> choice(YamlNode node, String path, Class<?> element, RecordComponent rules) {
    List<Object> values = list(node, path, element, rules);
    return values == null ? null : new Range.Choice<>(values);
  }

  private Range<?> interval(Mapping mapping, String path, Class<?> element, RecordComponent rules) {
    Number[] ends = new Number[2];
    for (int i = 0; i < 2; i++) {
      String key = i == 0 ? "min" : "max";
      Entry entry = mapping.entries().get(key);
      if (entry == null) {
        problems.add(mapping.at(), child(path, key), "missing; an interval has a min and a max.");
      } else {
        ends[i] = (Number) value(entry.value(), child(path, key), element, rules);
      }
    }
    Entry scale = mapping.entries().get("scale");
    Object spread =
        scale == null
            ? Range.Spread.LINEAR
            : value(scale.value(), child(path, "scale"), Range.Spread.class, null);
    return ends[0] == null || ends[1] == null || spread == null
        ? null
        : new Range.Interval<>(ends[0], ends[1], (Range.Spread) spread);
  }
}
