package dev.gauntlet.data;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * In the order of time, rows of equal time in the order of the file: what is taken is later than
 * what stays, and a fold is trained on what was before it. The seed has no part in it.
 */
record TimeSplitter(Dataset dataset) implements Splitter {

  @Override
  public String words() {
    return "in the order of time";
  }

  @Override
  public int[][] part(int[] rows, double share, Seed seed) {
    int[] ordered = ordered(rows);
    int kept = ordered.length - (int) Math.round(share * ordered.length);
    return new int[][] {ascending(ordered, 0, kept), ascending(ordered, kept, ordered.length)};
  }

  /** k + 1 blocks of time: fold i is trained on blocks 0 to i and scored on block i + 1. */
  @Override
  public List<Fold> folds(int[] rows, int folds, Seed seed) {
    int[] ordered = ordered(rows);
    if (ordered.length <= folds) {
      throw new InvalidInputException(
          "validate.folds: "
              + folds
              + " folds in the order of time, and "
              + ordered.length
              + " rows outside the test rows; the rule: more rows than folds. Maybe fewer folds.");
    }
    List<Fold> result = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int from = (int) ((long) ordered.length * (fold + 1) / (folds + 1));
      int to = (int) ((long) ordered.length * (fold + 2) / (folds + 1));
      result.add(new Fold(ascending(ordered, 0, to), ascending(ordered, from, to)));
    }
    return result;
  }

  private int[] ordered(int[] rows) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer row) -> dataset.times()[row])
                .thenComparingInt(row -> row))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] ascending(int[] ordered, int from, int to) {
    int[] part = Arrays.copyOfRange(ordered, from, to);
    Arrays.sort(part);
    return part;
  }
}
