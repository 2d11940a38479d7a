package dev.gauntlet.config;

import dev.gauntlet.config.NetworkConfig.Widths;
import dev.gauntlet.config.Range.Choice;
import dev.gauntlet.config.Range.Fixed;
import dev.gauntlet.config.Range.Interval;
import dev.gauntlet.config.Range.Spread;
import java.util.ArrayList;
import java.util.List;

/** How many hidden layers there are, and how wide: three keys that must agree. */
record HiddenLayers(Range<Integer> layers, Range<Units> units, Range<Widths> widths) {
  private static final Range<Integer> USUAL = new Interval<>(1, 3, Spread.LINEAR);

  /**
   * The range of layers; null where all units are listed.
   *
   * @throws IllegalArgumentException if the three do not agree
   */
  Range<Integer> checked() {
    if (isIndependentPoint()) {
      return layers;
    }
    List<Units> values =
        units instanceof Choice<Units> choice
            ? choice.values()
            : units instanceof Fixed<Units> fixed ? List.of(fixed.value()) : List.of();
    boolean some = values.stream().anyMatch(Units::isListed);
    boolean all = some && values.stream().allMatch(Units::isListed);
    if (all && layers != null) {
      throw new IllegalArgumentException(
          "layers beside listed units; the rule: a list says how many layers there are. Maybe remove"
              + " layers.");
    }
    if (all && !widths.isOnly(Widths.SAME)) {
      throw new IllegalArgumentException(
          "widths beside listed units; the rule: a list has all widths. Maybe remove widths.");
    }
    if (some && mayBeIndependent()) {
      throw new IllegalArgumentException(
          "widths: independent, and a list in units; the rule: numbers only. Maybe widths: same.");
    }
    return all || layers != null ? layers : USUAL;
  }

  /** Every layer's own units have been drawn. */
  private boolean isIndependentPoint() {
    return widths.isOnly(Widths.INDEPENDENT)
        && units instanceof Fixed<Units> fixed
        && fixed.value().isListed()
        && layers != null
        && layers.isOnly(fixed.value().widths().size());
  }

  private boolean mayBeIndependent() {
    return widths.isOnly(Widths.INDEPENDENT)
        || (widths instanceof Choice<Widths> choice
            && choice.values().contains(Widths.INDEPENDENT));
  }

  /** How many layers may have units of their own; 0 where all depend on the first. */
  int independent() {
    return mayBeIndependent() ? Range.largest(layers) : 0;
  }

  /** Units of each layer of a point. */
  static List<Integer> expanded(Range<Integer> layers, Units units, Widths widths) {
    if (units.isListed()) {
      return units.widths();
    }
    List<Integer> each = new ArrayList<>();
    int width = units.first();
    for (int layer = 0; layer < layers.value(); layer++) {
      each.add(width);
      width = widths == Widths.TAPERING ? Math.max(Math.min(2, width), width / 2) : width;
    }
    return each;
  }
}
