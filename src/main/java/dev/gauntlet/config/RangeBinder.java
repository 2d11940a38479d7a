package dev.gauntlet.config;

import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.Spread;
import dev.gauntlet.config.Range.Steps;
import dev.gauntlet.config.YamlNode.Entry;
import dev.gauntlet.config.YamlNode.Mapping;
import dev.gauntlet.config.YamlNode.Sequence;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** YAML nodes to ranges; as in {@link Binder}, null stands for a problem that was added. */
record RangeBinder(Binder binder, Problems problems) {
  private static final List<String> KEYS = List.of("choice", "min", "max", "scale", "step");

  Range<?> range(YamlNode node, String path, Class<?> element, RecordComponent rules) {
    if (node instanceof Sequence && element != Units.class) {
      problems.add(node.at(), path, "a list; the rule: one value. Maybe {choice: [..]}.");
      return null;
    }
    boolean composite = element.isRecord() || element.isSealed();
    if (!(node instanceof Mapping mapping)
        || (composite && !mapping.entries().containsKey("choice"))) {
      Object value = binder.value(node, path, element, rules);
      return value == null ? null : new Range.Fixed<>(value);
    }
    if (!hasRightKeys(mapping, path, element)) {
      return null;
    }
    Entry choice = mapping.entries().get("choice");
    try {
      return choice == null
          ? numbers(mapping, path, element, rules)
          : choice(choice.value(), Binder.child(path, "choice"), element, rules);
    } catch (IllegalArgumentException e) {
      problems.add(mapping.at(), path, e.getMessage());
      return null;
    }
  }

  private boolean hasRightKeys(Mapping mapping, String path, Class<?> element) {
    int before = problems.size();
    binder.refuseUnknown(mapping, path, KEYS, null);
    Map<String, Entry> entries = mapping.entries();
    boolean choice = entries.containsKey("choice");
    if (choice && entries.size() > 1 && problems.size() == before) {
      problems.add(mapping.at(), path, "choice goes with no other key.");
    }
    if (!choice && !Number.class.isAssignableFrom(element) && element != Units.class) {
      problems.add(mapping.at(), path, "no number; the rule: one value, or {choice: [..]}.");
    }
    return problems.size() == before;
  }

  private Range<?> choice(YamlNode node, String path, Class<?> element, RecordComponent rules) {
    List<Object> values = binder.list(node, path, element, rules);
    return values == null ? null : new Range.Choice<>(values);
  }

  private Range<?> numbers(Mapping mapping, String path, Class<?> element, RecordComponent rules) {
    if (element != Units.class) {
      return interval(mapping, path, element, rules);
    }
    @SuppressWarnings("unchecked") // Of the type that was asked for.
    var widths = (Range<Integer>) interval(mapping, path, Integer.class, rules);
    return widths == null ? null : new Range.OneWidth(widths);
  }

  private Range<?> interval(Mapping mapping, String path, Class<?> element, RecordComponent rules) {
    Number min = end("min", mapping, path, element, rules);
    Number max = end("max", mapping, path, element, rules);
    Entry scale = mapping.entries().get("scale");
    Object spread =
        scale == null
            ? Spread.LINEAR
            : binder.value(scale.value(), Binder.child(path, "scale"), Spread.class, null);
    Entry step = mapping.entries().get("step");
    if (step == null) {
      return min == null || max == null || spread == null
          ? null
          : new Interval<>(min, max, (Spread) spread);
    }
    if (spread == Spread.LOG) {
      problems.add(
          mapping.at(), path, "step with scale: log; the rule: one of them. Maybe a choice.");
      return null;
    }
    String place = Binder.child(path, "step");
    // Without rules: the bounds are those of values.
    Number width = (Number) binder.value(step.value(), place, element, null);
    return min == null || max == null || spread == null || width == null
        ? null
        : new Steps<>(min, max, width);
  }

  private Number end(
      String key, Mapping mapping, String path, Class<?> element, RecordComponent rules) {
    Entry entry = mapping.entries().get(key);
    if (entry == null) {
      problems.add(
          mapping.at(), Binder.child(path, key), "missing; an interval has a min and a max.");
      return null;
    }
    return (Number) binder.value(entry.value(), Binder.child(path, key), element, rules);
  }
}
