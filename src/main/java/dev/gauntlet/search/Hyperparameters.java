package dev.gauntlet.search;

import dev.gauntlet.config.ConfigWriter;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.NetworkConfig.Dense;
import dev.gauntlet.config.NetworkConfig.Widths;
import dev.gauntlet.config.Range;
import dev.gauntlet.config.Records;
import dev.gauntlet.config.SpaceConfig;
import dev.gauntlet.config.Units;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ranges of a configuration, fixed in a point, by their YAML path. */
final class Hyperparameters {
  private Hyperparameters() {}

  /** Path to number, truth value or word; what belongs to an optimizer not chosen is absent. */
  static Map<String, Object> of(SpaceConfig point) {
    Map<String, Object> values = new LinkedHashMap<>();
    collect(point, "", values);
    return values;
  }

  private static void collect(Record record, String path, Map<String, Object> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Records.component(record, component);
      String name = path + Names.word(component.getName());
      if (value instanceof Range<?> range && range.value() instanceof Record chosen) {
        values.put(name + ".type", Names.word(chosen.getClass().getSimpleName()));
        collect(chosen, name + ".", values);
      } else if (value instanceof Range<?> range && range.value() instanceof Units units) {
        putUnits(units, (Dense) record, name, values);
      } else if (value instanceof Range<?> range) {
        values.put(name, ConfigWriter.tree(range.value()));
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Record nested) {
            collect(nested, name + "[" + i + "].", values);
          }
        }
      } else if (value instanceof Record nested) {
        collect(nested, name + ".", values);
      }
    }
  }

  /** A listed architecture is a word; units of the layers' own have a path for each layer. */
  private static void putUnits(Units units, Dense dense, String name, Map<String, Object> values) {
    if (dense.widths().isOnly(Widths.INDEPENDENT)) {
      for (int layer = 0; layer < units.widths().size(); layer++) {
        values.put(name + "." + (layer + 1), units.widths().get(layer));
      }
    } else {
      values.put(name, units.isListed() ? units.toString() : units.first());
    }
  }
}
