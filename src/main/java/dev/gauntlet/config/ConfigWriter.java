package dev.gauntlet.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes a configuration with every default filled in; reading it gives an equal one. */
public final class ConfigWriter {
  private ConfigWriter() {}

  /** YAML text in the order of the records. */
  public static String write(SearchConfig config) {
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(100).build();
    return new Dump(settings, new QuotedWords(settings)).dumpToString(tree(config));
  }

  /** Words that another reader, or ours, would not take for words. */
  private static final class QuotedWords extends StandardRepresenter {
    QuotedWords(DumpSettings settings) {
      super(settings);
      RepresentToNode plain = representers.get(String.class);
      representers.put(
          String.class,
          text ->
              ScalarReader.otherMeaning((String) text) == null
                  ? plain.representData(text)
                  : representScalar(Tag.STR, (String) text, ScalarStyle.DOUBLE_QUOTED));
    }
  }

  /**
   * The configuration as maps, lists and scalars: what YAML and JSON have in common.
   *
   * @param value a configuration record, or any value inside one
   */
  public static Object tree(Object value) {
    if (value instanceof Range.Fixed<?> fixed) {
      return tree(fixed.value());
    }
    if (value instanceof Range.OneWidth units) {
      return tree(units.width());
    }
    if (value instanceof Units units) {
      return units.tree();
    }
    if (value instanceof Enum<?> constant) {
      return Names.word(constant);
    }
    if (value instanceof Duration duration) {
      return Durations.text(duration);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(tree(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    return value instanceof Record record ? record(record) : value;
  }

  /** A variant that has no keys is its word alone, one that is {@link Bare} its component. */
  private static Object record(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    if (record.getClass().isAnnotationPresent(Bare.class)) {
      return tree(Records.component(record, components[0]));
    }
    return components.length == 0 && isVariant(record.getClass())
        ? Names.word(record.getClass().getSimpleName())
        : mapping(record);
  }

  private static Map<String, Object> mapping(Record record) {
    Map<String, Object> entries = new LinkedHashMap<>();
    Class<?> type = record.getClass();
    if (record instanceof Range.Choice<?> choice) {
      entries.put("choice", tree(choice.values()));
      return entries;
    }
    if (!(record instanceof Range) && isVariant(type)) {
      entries.put("type", Names.word(type.getSimpleName()));
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Object value = Records.component(record, component);
      ZeroWord zero = component.getAnnotation(ZeroWord.class);
      boolean word = zero != null && Integer.valueOf(0).equals(value);
      if (value != null) {
        entries.put(Names.word(component.getName()), word ? zero.value() : tree(value));
      }
    }
    return entries;
  }

  /** Whether a record is one of those that a sealed interface permits. */
  static boolean isVariant(Class<?> type) {
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        return true;
      }
    }
    return false;
  }
}
