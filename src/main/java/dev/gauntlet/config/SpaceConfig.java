package dev.gauntlet.config;

import dev.gauntlet.config.TrainingConfig.Loss;
import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * The search space. In a point of it every {@link Range} is fixed.
 *
 * @param optimizer one of several, each with ranges of its own; null where the network has its own
 */
public record SpaceConfig(
    NetworkConfig network,
    @Default("") Range<OptimizerConfig> optimizer,
    @Default("{}") TrainingConfig training)
    implements Serializable {

  public SpaceConfig {
    boolean own = network instanceof NetworkConfig.Arbiter;
    if (own && !training.loss().equals(new Range.Fixed<>(Loss.AUTO))) {
      throw new IllegalArgumentException(
          "training.loss beside type: arbiter; the rule: its file has the loss. Maybe remove loss.");
    }
    if (own && optimizer != null) {
      throw new IllegalArgumentException(
          "optimizer beside type: arbiter; the rule: its file has the optimizer. Maybe remove"
              + " optimizer.");
    }
    if (!own && optimizer == null) {
      optimizer = new Range.Fixed<>(usual());
    }
  }

  /** Adam with its defaults. */
  private static OptimizerConfig usual() {
    var nothing = new YamlNode.Mapping(Location.argument(""), new LinkedHashMap<>());
    return new Binder(new Problems()).bind(nothing, "optimizer", OptimizerConfig.Adam.class);
  }
}
