package dev.gauntlet.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value that knows where it was written. */
sealed interface YamlNode {

  Location at();

  /** What the value is, for error messages. */
  String kind();

  /** As maps, lists and scalars; a value without quotes is what JSON takes it for. */
  default Object plainValue() {
    if (this instanceof Scalar scalar) {
      return scalar.plain() ? ScalarReader.plainValue(scalar.text()) : scalar.text();
    }
    if (this instanceof Sequence sequence) {
      return sequence.items().stream().map(YamlNode::plainValue).toList();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    ((Mapping) this).entries().forEach((key, entry) -> values.put(key, entry.value().plainValue()));
    return values;
  }

  /**
   * One value.
   *
   * @param plain whether the text was written without quotes, so that it may be a number
   */
  record Scalar(Location at, String text, boolean plain) implements YamlNode {
    @Override
    public String kind() {
      return plain ? text.isEmpty() ? "nothing" : text : '"' + text + '"';
    }
  }

  record Sequence(Location at, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Location at, Map<String, Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /**
   * The value of a key.
   *
   * @param at where the key stands
   */
  record Entry(Location at, YamlNode value) {}
}
