package dev.gauntlet.data;

import java.io.Serializable;
import java.util.List;

/** What is predicted, one per row. */
public sealed interface Target extends Serializable {
  int rows();

  /**
   * Classes.
   *
   * @param codes places in {@code names}
   * @param names those that occur, in a reader's table in the order of their first row, in a {@link
   *     Dataset} sorted
   */
  record Labels(int[] codes, List<String> names) implements Target {
    public Labels {
      names = List.copyOf(names);
    }

    @Override
    public int rows() {
      return codes.length;
    }
  }

  /**
   * Numbers.
   *
   * @param values finite
   */
  record Numbers(float[] values) implements Target {
    @Override
    public int rows() {
      return values.length;
    }
  }
}
