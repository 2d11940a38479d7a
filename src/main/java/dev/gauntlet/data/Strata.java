package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig.SplitConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.Arrays;
import java.util.Random;

/**
 * Stratified, shuffled, seeded partitions of rows. Each part lists its rows in ascending order, so
 * that a part depends on which rows are in it and on nothing else.
 */
public final class Strata {
  private Strata() {}

  /** The rows of a search: disjoint, together all rows. */
  public record Split(int[] train, int[] validation, int[] test) implements java.io.Serializable {
    /** The rows of cross-validation: all but the test rows, which only winners see, once. */
    public int[] development() {
      int[] rows = Arrays.copyOf(train, train.length + validation.length);
      System.arraycopy(validation, 0, rows, train.length, validation.length);
      Arrays.sort(rows);
      return rows;
    }
  }

  /**
   * Training, validation and test rows; every class has its share in each, rounded.
   *
   * @throws InvalidInputException if a class is too small for a row in each part
   */
  public static Split split(Dataset dataset, SplitConfig fractions, Seed seed) {
    int[] all = Datasets.allRows(dataset);
    int[][] outer = part(dataset, all, fractions.test(), seed.derive("test"));
    double share = fractions.validation() / (fractions.train() + fractions.validation());
    int[][] inner = part(dataset, outer[0], share, seed.derive("validation"));
    Split split = new Split(inner[0], inner[1], outer[1]);
    requireEveryClass(dataset, split);
    return split;
  }

  /**
   * Takes a share of each class.
   *
   * @param share in (0, 1); the number of a class's rows that are taken is rounded, and the
   *     rounding is spread so that the total is the share of the total, rounded
   * @return the rows that stay, and those that were taken
   */
  public static int[][] part(Dataset dataset, int[] rows, double share, Seed seed) {
    int[] ordered = shuffledByClass(dataset, rows, seed);
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
   * The held-out rows of each fold. Per class, and over all classes, the sizes of folds differ by
   * at most one, as in scikit-learn's {@code StratifiedKFold}.
   *
   * @throws InvalidInputException if a class has fewer rows than there are folds
   */
  public static int[][] folds(Dataset dataset, int[] rows, int folds, Seed seed) {
    int[] counts = dataset.classCounts(rows);
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] < folds) {
        throw new InvalidInputException(
            "validate.folds: "
                + folds
                + " folds, and class \""
                + dataset.classes().get(c)
                + "\" has "
                + counts[c]
                + " rows outside the test rows; the rule: at least one per"
                + " fold. Maybe fewer folds.");
      }
    }
    int[] ordered = shuffledByClass(dataset, rows, seed);
    int[][] heldOut = new int[folds][];
    for (int fold = 0; fold < folds; fold++) {
      int[] part = new int[(ordered.length - fold + folds - 1) / folds];
      for (int i = 0; i < part.length; i++) {
        part[i] = ordered[fold + i * folds];
      }
      Arrays.sort(part);
      heldOut[fold] = part;
    }
    return heldOut;
  }

  /** The given rows without some of them; both ascending. */
  public static int[] without(int[] rows, int[] some) {
    return Arrays.stream(rows).filter(row -> Arrays.binarySearch(some, row) < 0).toArray();
  }

  /** Class after class, each class in an order of its own. */
  private static int[] shuffledByClass(Dataset dataset, int[] rows, Seed seed) {
    int[] counts = dataset.classCounts(rows);
    int[] start = new int[counts.length + 1];
    for (int c = 0; c < counts.length; c++) {
      start[c + 1] = start[c] + counts[c];
    }
    int[] next = start.clone();
    int[] ordered = new int[rows.length];
    for (int row : rows) {
      ordered[next[dataset.label(row)]++] = row;
    }
    for (int c = 0; c < counts.length; c++) {
      shuffle(ordered, start[c], start[c + 1], seed.derive("class", c).random());
    }
    return ordered;
  }

  /** Fisher and Yates. */
  public static void shuffle(int[] values, int from, int to, Random random) {
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  private static void requireEveryClass(Dataset dataset, Split split) {
    int[] counts = dataset.classCounts(Datasets.allRows(dataset));
    int[][] parts = {split.train, split.validation, split.test};
    String[] names = {"training", "validation", "test"};
    for (int p = 0; p < parts.length; p++) {
      int[] inPart = dataset.classCounts(parts[p]);
      for (int c = 0; c < counts.length; c++) {
        if (inPart[c] == 0) {
          throw new InvalidInputException(
              "data.split: class \""
                  + dataset.classes().get(c)
                  + "\" has "
                  + counts[c]
                  + " rows, and none of them falls to the "
                  + names[p]
                  + " rows; the rule: every"
                  + " class in every part. Maybe larger fractions, or more rows of that class.");
        }
      }
    }
  }
}
