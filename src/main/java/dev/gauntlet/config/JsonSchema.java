package dev.gauntlet.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The JSON schema of a search, by which editors complete keys and words, show what they mean and
 * mark what is wrong. It follows from the records as what {@link Binder} reads does, and says no
 * more than a schema can: sums, and keys that exclude each other, are left to the reader.
 *
 * <p>Draft 7, because YAML Language Server (VS Code and others) and IntelliJ both know all of it.
 * There a {@code $ref} hides what stands beside it; hence {@code allOf} with one member.
 */
public final class JsonSchema {
  private final KeyMeanings meanings = KeyMeanings.ofPage();
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /** The schema as maps, lists and scalars, always in the same order. */
  public static Map<String, Object> tree() {
    Map<String, Object> tree = tree(SearchConfig.class);
    // Not written, it is the name of the file.
    List<Object> required = new ArrayList<>((List<?>) tree.get("required"));
    required.remove("name");
    tree.put("required", required);
    return tree;
  }

  static Map<String, Object> tree(Class<? extends Record> type) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    var schema = new JsonSchema();
    schema.record(root, type, "", false);
    root.put("definitions", schema.definitions);
    return root;
  }

  private Map<String, Object> schema(Type type, String path, RecordComponent rules) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Map.class) {
        return map(arguments[1], path, rules);
      }
      return generic.getRawType() == Range.class
          ? reference(name(type, rules), node -> range(node, arguments[0], path, rules))
          : ordered("type", "array", "items", schema(arguments[0], path, rules));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Units.class) {
      return reference(name(type, rules), node -> units(node, rules));
    }
    if (plain.isSealed()) {
      return reference(name(type, rules), node -> variants(node, plain, path));
    }
    if (plain.isRecord()) {
      // Where no other is possible, a variant is not named.
      String alone = ConfigWriter.isVariant(plain) ? "-alone" : "";
      return reference(name(type, rules) + alone, node -> record(node, plain, path, false));
    }
    return plain.isEnum()
        ? reference(name(type, rules), node -> node.putAll(ScalarSchema.of(plain, rules)))
        : ScalarSchema.of(plain, rules);
  }

  /** A definition of its own; it may refer to itself. */
  private Map<String, Object> reference(String name, Consumer<Map<String, Object>> content) {
    if (!definitions.containsKey(name)) {
      Map<String, Object> definition = new LinkedHashMap<>();
      definitions.put(name, definition);
      content.accept(definition);
    }
    return Map.of("$ref", "#/definitions/" + name);
  }

  /** {@code network-config.dense} for {@code NetworkConfig.Dense}, {@code range-of-boolean}. */
  private static String name(Type type, RecordComponent rules) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String kind = ((Class<?>) generic.getRawType()).getSimpleName();
      return Names.word(kind) + "-of-" + name(arguments[arguments.length - 1], rules);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Units.class) {
      return "units-of-" + name(Integer.class, rules);
    }
    if (!plain.isRecord() && !plain.isEnum() && !plain.isSealed()) {
      return ScalarSchema.name(plain, rules);
    }
    String word = Names.word(plain.getSimpleName());
    Class<?> outer = plain.getEnclosingClass();
    return outer == null ? word : name(outer, null) + "." + word;
  }

  private void record(Map<String, Object> node, Class<?> type, String path, boolean variant) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    if (variant) {
      properties.put("type", Map.of("enum", List.of(word(type))));
      required.add("type");
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Names.word(component.getName());
      properties.put(key, property(component, Binder.child(path, key)));
      if (!component.isAnnotationPresent(Default.class)) {
        required.add(key);
      }
    }
    node.putAll(object(properties, required));
    if (required.isEmpty()) {
      // A key with nothing after it: every default.
      node.put("type", List.of("object", "null"));
    }
  }

  private Map<String, Object> property(RecordComponent component, String path) {
    Default fallback = component.getAnnotation(Default.class);
    // That of a section is on its keys.
    boolean known =
        fallback != null && !fallback.value().isEmpty() && !component.getType().isRecord();
    Map<String, Object> property = new LinkedHashMap<>();
    String meaning = meanings.of(path, !known);
    if (!meaning.isEmpty()) {
      property.put("description", meaning);
    }
    if (known) {
      property.put("default", value(fallback.value()));
    }
    Map<String, Object> schema = schema(component.getGenericType(), path, component);
    if (!property.isEmpty() && schema.containsKey("$ref")) {
      property.put("allOf", List.of(schema));
    } else {
      property.putAll(schema);
    }
    return property;
  }

  private static Object value(String yaml) {
    return YamlParser.parse(yaml, Location.argument("default"), new Problems())
        .map(YamlNode::plainValue)
        .orElseThrow();
  }

  /** One width, or those of all layers. */
  private void units(Map<String, Object> node, RecordComponent rules) {
    Map<String, Object> width = number(Integer.class, rules);
    Map<String, Object> widths = ordered("type", "array", "items", width, "minItems", 1);
    node.put("anyOf", List.of(width, widths));
  }

  private Map<String, Object> number(Class<?> type, RecordComponent rules) {
    return reference(name(type, rules), node -> node.putAll(ScalarSchema.of(type, rules)));
  }

  /** Words, or what the one variant holds that is written bare. */
  private void variants(Map<String, Object> node, Class<?> sealed, String path) {
    List<Class<?>> variants = new ArrayList<>(List.of(sealed.getPermittedSubclasses()));
    Optional<Class<?>> bare =
        variants.stream().filter(variant -> variant.isAnnotationPresent(Bare.class)).findFirst();
    if (bare.isEmpty()) {
      variants(node, variants, path);
      return;
    }
    variants.remove(bare.get());
    List<String> words = variants.stream().map(JsonSchema::word).toList();
    RecordComponent held = bare.get().getRecordComponents()[0];
    Map<String, Object> mapping = schema(held.getGenericType(), path, held);
    node.put("anyOf", List.of(Map.of("enum", words), mapping));
  }

  /** The key {@code type} decides; if no other key is required, its word alone will do. */
  private void variants(Map<String, Object> node, List<Class<?>> variants, String path) {
    Map<String, Object> type = new LinkedHashMap<>();
    String meaning = meanings.of(Binder.child(path, "type"), true);
    if (!meaning.isEmpty()) {
      type.put("description", meaning);
    }
    type.put("enum", variants.stream().map(JsonSchema::word).toList());
    Map<String, Object> mapping = ordered("type", "object", "required", List.of("type"));
    mapping.put("properties", Map.of("type", type));
    mapping.put("allOf", variants.stream().map(variant -> chosen(variant, path)).toList());
    List<String> words =
        variants.stream().filter(JsonSchema::isComplete).map(JsonSchema::word).toList();
    if (words.isEmpty()) {
      node.putAll(mapping);
    } else {
      node.put("anyOf", List.of(Map.of("enum", words), mapping));
    }
  }

  private Map<String, Object> chosen(Class<?> variant, String path) {
    Map<String, Object> is = Map.of("type", Map.of("const", word(variant)));
    return ordered(
        "if",
        ordered("required", List.of("type"), "properties", is),
        "then",
        reference(name(variant, null), node -> record(node, variant, path, true)));
  }

  private static boolean isComplete(Class<?> variant) {
    return Stream.of(variant.getRecordComponents())
        .allMatch(component -> component.isAnnotationPresent(Default.class));
  }

  private static String word(Class<?> variant) {
    return Names.word(variant.getSimpleName());
  }

  private void range(Map<String, Object> node, Type element, String path, RecordComponent rules) {
    Class<?> ends = element == Units.class ? Integer.class : (Class<?>) element;
    boolean number = ScalarSchema.isNumber(ends);
    Map<String, Object> value =
        element == ends && number ? number(ends, rules) : schema(element, path, rules);
    Map<String, Object> values = ordered("type", "array", "items", value, "minItems", 1);
    values.put("uniqueItems", true);
    List<Object> forms = new ArrayList<>();
    forms.add(value);
    forms.add(object(Map.of("choice", values), List.of("choice")));
    if (number) {
      forms.add(interval(number(ends, rules), ends));
    }
    node.put("anyOf", forms);
  }

  private static Map<String, Object> interval(Map<String, Object> value, Class<?> number) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("min", value);
    properties.put("max", value);
    properties.put("scale", ScalarSchema.of(Range.Spread.class, null));
    properties.put("step", step(number));
    return object(properties, List.of("min", "max"));
  }

  /** A distance between values, not itself a value. */
  private static Map<String, Object> step(Class<?> number) {
    Map<String, Object> step = new LinkedHashMap<>(ScalarSchema.of(number, null));
    step.put("exclusiveMinimum", 0);
    return step;
  }

  private Map<String, Object> map(Type value, String path, RecordComponent rules) {
    Map<String, Object> values =
        value == String.class ? ScalarSchema.ANY_TEXT : schema(value, path, rules);
    return ordered("type", List.of("object", "null"), "additionalProperties", values);
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> object = ordered("type", "object", "additionalProperties", false);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("properties", properties);
    return object;
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
