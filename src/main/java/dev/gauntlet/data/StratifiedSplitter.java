package dev.gauntlet.data;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shuffled; every class has its share in every part. Numbers are one class. */
record StratifiedSplitter(Dataset dataset) implements Splitter {

  @Override
  public String words() {
    return dataset.classes().isEmpty() ? "shuffled" : "stratified";
  }

  /** The rounding is spread over classes, so that the total is the share of the total, rounded. */
  @Override
  public int[][] part(int[] rows, double share, Seed seed) {
    int[] ordered = shuffledByClass(rows, seed);
    int[] kept = new int[rows.length];
    int[] taken = new int[rows.length];
    int takenCount = 0;
    for (int i = 0; i < ordered.length; i++) {
      // Row i is taken where the running total i * share passes a half.
      boolean take = Math.floor((i + 1) * share + 0.5) > Math.floor(i * share + 0.5);
      if (take) {
        taken[takenCount++] = ordered[i];
      } else {
        kept[i - takenCount] = ordered[i];
      }
    }
    int[] rest = Arrays.copyOf(kept, ordered.length - takenCount);
    int[] part = Arrays.copyOf(taken, takenCount);
    Arrays.sort(rest);
    Arrays.sort(part);
    return new int[][] {rest, part};
  }

  /**
   * Per class, and over all classes, the sizes of folds differ by at most one, as in scikit-learn's
   * {@code StratifiedKFold}.
   */
  @Override
  public List<Fold> folds(int[] rows, int folds, Seed seed) {
    requireRows(rows, folds);
    int[] ordered = shuffledByClass(rows, seed);
    List<Fold> result = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int[] heldOut = new int[(ordered.length - fold + folds - 1) / folds];
      for (int i = 0; i < heldOut.length; i++) {
        heldOut[i] = ordered[fold + i * folds];
      }
      Arrays.sort(heldOut);
      result.add(new Fold(rows, heldOut));
    }
    return result;
  }

  private void requireRows(int[] rows, int folds) {
    int[] counts = counts(rows);
    List<String> problems = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] < folds) {
        String whose =
            dataset.classes().isEmpty() ? "" : " of class \"" + dataset.classes().get(c) + "\"";
        problems.add(
            "validate.folds: "
                + folds
                + " folds, and "
                + Names.count(counts[c], "row")
                + whose
                + " outside the test rows; the rule: at least one per fold. Maybe fewer folds.");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private int[] counts(int[] rows) {
    return dataset.classes().isEmpty() ? new int[] {rows.length} : dataset.classCounts(rows);
  }

  private int stratum(int row) {
    return dataset.classes().isEmpty() ? 0 : dataset.label(row);
  }

  /** Class after class, each class in an order of its own. */
  private int[] shuffledByClass(int[] rows, Seed seed) {
    int[] counts = counts(rows);
    int[] start = new int[counts.length + 1];
    for (int c = 0; c < counts.length; c++) {
      start[c + 1] = start[c] + counts[c];
    }
    int[] next = start.clone();
    int[] ordered = new int[rows.length];
    for (int row : rows) {
      ordered[next[stratum(row)]++] = row;
    }
    for (int c = 0; c < counts.length; c++) {
      Split.shuffle(ordered, start[c], start[c + 1], seed.derive("class", c).random());
    }
    return ordered;
  }
}
