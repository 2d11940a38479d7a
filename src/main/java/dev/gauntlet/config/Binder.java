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

  /** The value of a node of any type that records have. */
  Object value(YamlNode node, String path, Type type, RecordComponent rules) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Map.class) {
        return map(node, path, generic.getActualTypeArguments()[1], rules);
      }
      return generic.getRawType() == Range.class
          ? new RangeBinder(this, problems).range(node, path, (Class<?>) element, rules)
          : list(node, path, element, rules);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Units.class) {
      return units(node, path, rules);
    }
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

  private Units units(YamlNode node, String path, RecordComponent rules) {
    if (!(node instanceof Sequence)) {
      Object width = value(node, path, Integer.class, rules);
      return width == null ? null : Units.each((Integer) width);
    }
    List<Object> widths = list(node, path, Integer.class, rules);
    try {
      return widths == null
          ? null
          : Units.listed(widths.stream().map(Integer.class::cast).toList());
    } catch (IllegalArgumentException e) {
      problems.add(node.at(), path, e.getMessage());
      return null;
    }
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
    ZeroWord zero = rules == null ? null : rules.getAnnotation(ZeroWord.class);
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
   * One of the records that a sealed interface permits, named by the key {@code type}; a word alone
   * is the type of one whose other keys have defaults, a mapping the {@link Bare} one if there is.
   */
  private Object variant(YamlNode node, String path, Class<?> type) {
    boolean word = node instanceof Scalar scalar && !scalar.text().isEmpty();
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    String orBare = "";
    for (Class<?> variant : type.getPermittedSubclasses()) {
      if (!variant.isAnnotationPresent(Bare.class)) {
        variants.put(Names.word(variant.getSimpleName()), variant);
      } else if (word) {
        orBare = " or a mapping";
      } else {
        return bare(node, path, variant);
      }
    }
    Mapping mapping = word ? typed(node) : mapping(node, path);
    if (mapping == null) {
      return null;
    }
    Entry entry = mapping.entries().get("type");
    String typePath = word ? path : child(path, "type");
    String rule = "the rule: " + String.join(" or ", variants.keySet()) + orBare + ".";
    if (entry == null) {
      problems.add(mapping.at(), typePath, "missing; " + rule);
      return null;
    }
    String name = entry.value() instanceof Scalar scalar ? scalar.text() : "";
    Class<?> variant = variants.get(name);
    if (variant == null) {
      String text =
          entry.value().kind() + "; " + rule + Suggestions.maybeNearest(name, variants.keySet());
      problems.add(entry.value().at(), typePath, text);
      return null;
    }
    return record(mapping, path, variant, List.of("type"));
  }

  private Object bare(YamlNode node, String path, Class<?> type) {
    RecordComponent only = type.getRecordComponents()[0];
    Object value = value(node, path, only.getGenericType(), only);
    return value == null ? null : create(type, new Object[] {value}, node, path);
  }

  private static Mapping typed(YamlNode word) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("type", new Entry(word.at(), word));
    return new Mapping(word.at(), entries);
  }

  private Object record(Mapping mapping, String path, Class<?> type, List<String> moreKeys) {
    int before = problems.size();
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = new ArrayList<>(moreKeys);
    Arrays.stream(components).map(component -> Names.word(component.getName())).forEach(keys::add);
    refuseUnknown(mapping, path, keys, type.getAnnotation(Moved.class));
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(mapping, path, components[i]);
    }
    return problems.size() > before ? null : create(type, arguments, mapping, path);
  }

  /** Where the value is that the line's path names, or as much of it as is written. */
  private static Location located(String line, YamlNode source) {
    YamlNode node = source;
    for (String key : line.replaceFirst("[: ].*", "").split("\\.", -1)) {
      if (!(node instanceof Mapping inner) || !inner.entries().containsKey(key)) {
        break;
      }
      node = inner.entries().get(key).value();
    }
    return node.at();
  }

  /** Adds what the record itself finds wrong, a line for each; a line may begin with a path. */
  private Object create(Class<?> type, Object[] arguments, YamlNode source, String path) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException(e.getCause());
      }
      for (String line : e.getCause().getMessage().lines().toList()) {
        problems.add(located(line, source), path, line);
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  void refuseUnknown(Mapping mapping, String path, List<String> keys, Moved moved) {
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

  /** From text to values, in the order of the file; values that are text are taken as written. */
  private Map<String, Object> map(YamlNode node, String path, Type type, RecordComponent rules) {
    Mapping mapping = mapping(node, path);
    if (mapping == null) {
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              boolean text = type == String.class && entry.value() instanceof Scalar;
              values.put(
                  key,
                  text
                      ? ((Scalar) entry.value()).text()
                      : value(entry.value(), child(path, key), type, rules));
            });
    return values.containsValue(null) ? null : values;
  }

  List<Object> list(YamlNode node, String path, Type element, RecordComponent rules) {
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
}
