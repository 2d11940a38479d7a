package dev.gauntlet.search;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.Records;
import dev.gauntlet.config.SpaceConfig;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ranges of a configuration, fixed in a point, by their YAML path. */
final class Hyperparameters {
  private Hyperparameters() {}

  /** Path to number, truth value or word; what belongs to an optimizer not chosen is absent. */
  static Map<String, Object> of(SpaceConfig point) {
    Map<String, Object> values = new LinkedHashMap<>();
    collect(point, "", values);
    return values;
  }

  /** Every path that a point of the space can have, in the order of the YAML. */
  static Set<String> names(Record space) {
    Set<String> names = new LinkedHashSet<>();
    for (RecordComponent component : space.getClass().getRecordComponents()) {
      Object value = Records.component(space, component);
      String name = Names.word(component.getName());
      List<?> choices =
          value instanceof Range.Choice<?> choice
              ? choice.values()
              : List.of(value instanceof Range.Fixed<?> fixed ? fixed.value() : value);
      if (value instanceof Range<?>) {
        names.add(
            choices.get(0) instanceof Record && !(choices.get(0) instanceof Range<?>)
                ? name + ".type"
                : name);
      }
      for (Object chosen : choices) {
        if (chosen instanceof Record nested && !(nested instanceof Range<?>)) {
          names(nested).forEach(inner -> names.add(name + "." + inner));
        }
      }
    }
    return names;
  }

  private static void collect(Record record, String path, Map<String, Object> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Records.component(record, component);
      String name = path + Names.word(component.getName());
      if (value instanceof Range<?> range && range.value() instanceof Record chosen) {
        values.put(name + ".type", Names.word(chosen.getClass().getSimpleName()));
        collect(chosen, name + ".", values);
      } else if (value instanceof Range<?> range) {
        values.put(name, ConfigWriter.tree(range.value()));
      } else if (value instanceof Record nested) {
        collect(nested, name + ".", values);
      }
    }
  }
}
