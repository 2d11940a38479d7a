package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.util.function.IntFunction;

/** Room for what is read. */
final class Values {
  /** The longest array that every JVM allows. */
  static final int MAX = Integer.MAX_VALUE - 8;

  private Values() {}

  /**
   * @param blob whose values they are, with at least a byte for each, for errors
   * @throws InvalidInputException if there are more than {@link #MAX} or the heap is too small
   */
  static <T> T allocate(Blob blob, long count, IntFunction<T> array) {
    if (count > MAX) {
      throw blob.problem(
          count + " values in all", "at most " + MAX, "a part of the rows is enough");
    }
    try {
      return array.apply((int) count);
    } catch (OutOfMemoryError e) {
      throw blob.problem(
          count + " values do not fit into memory",
          "4 bytes for each, " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB for all",
          "a larger -Xmx helps, or fewer rows");
    }
  }
}
