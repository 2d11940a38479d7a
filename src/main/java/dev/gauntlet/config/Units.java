package dev.gauntlet.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Widths of hidden layers: one number for all of them, or a list with that of each layer. In YAML a
 * value, {@code 64} or {@code [500, 300]}, and so not a record, which would be a mapping.
 */
public final class Units implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LAYERS = 100;

  private final List<Integer> widths;
  private final boolean listed;

  private Units(List<Integer> widths, boolean listed) {
    this.widths = List.copyOf(widths);
    this.listed = listed;
  }

  /** One width, whatever the number of layers. */
  public static Units each(int width) {
    return new Units(List.of(width), false);
  }

  /** The width of each layer, first to last. */
  public static Units listed(List<Integer> widths) {
    if (widths.isEmpty() || widths.size() > MAX_LAYERS) {
      throw new IllegalArgumentException(
          "a list of "
              + Names.count(widths.size(), "width")
              + "; the rule: at least 1 and at most "
              + MAX_LAYERS
              + (widths.isEmpty() ? ". Maybe type: linear." : "."));
    }
    return new Units(widths, true);
  }

  /** Whether this says how many layers there are. */
  public boolean isListed() {
    return listed;
  }

  /** The width of the first layer. */
  public int first() {
    return widths.get(0);
  }

  /** Of each layer; of one where the list does not say how many there are. */
  public List<Integer> widths() {
    return widths;
  }

  /** As in YAML: a number or a list. */
  Object tree() {
    return listed ? widths : first();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Units units && units.listed == listed && units.widths.equals(widths);
  }

  @Override
  public int hashCode() {
    return widths.hashCode() + (listed ? 1 : 0);
  }

  /** {@code 64} or {@code 500-300}. */
  @Override
  public String toString() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
