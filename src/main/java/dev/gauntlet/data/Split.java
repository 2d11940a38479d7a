package dev.gauntlet.data;

import static java.util.stream.Collectors.toSet;

import dev.gauntlet.config.DataConfig.SplitConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Seed;
import java.io.Serializable;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The rows of a search: disjoint, together all rows, each part ascending. */
public record Split(int[] train, int[] validation, int[] test) implements Serializable {

  /**
   * Training, validation and test rows by the given fractions; the data's own test rows if it has
   * some.
   *
   * @throws InvalidInputException if a class would be missing in a part
   */
  public static Split of(Dataset dataset, SplitConfig fractions, Seed seed) {
    Splitter splitter = Splitter.of(dataset);
    int own = dataset.rows() - dataset.testRows();
    int[][] outer =
        dataset.testRows() > 0
            ? new int[][] {Datasets.rows(0, own), Datasets.rows(own, dataset.rows())}
            : splitter.part(Datasets.allRows(dataset), fractions.test(), seed.derive("test"));
    double share = fractions.validation() / (fractions.train() + fractions.validation());
    int[][] inner = splitter.part(outer[0], share, seed.derive("validation"));
    Split split = new Split(inner[0], inner[1], outer[1]);
    split.requireClasses(dataset);
    return split;
  }

  /** The rows of cross-validation: all but the test rows, which only winners see, once. */
  public int[] development() {
    int[] rows = Arrays.copyOf(train, train.length + validation.length);
    System.arraycopy(validation, 0, rows, train.length, validation.length);
    Arrays.sort(rows);
    return rows;
  }

  /**
   * Folds over the development rows, dealt anew for each repeat.
   *
   * @return {@code repeats x folds}, repeat after repeat
   * @throws InvalidInputException if a repeat has the folds of an earlier one, and so tells nothing
   */
  public List<Fold> folds(Dataset dataset, int folds, int repeats, Seed seed) {
    Splitter splitter = Splitter.of(dataset);
    int[] rows = development();
    List<Fold> all = new ArrayList<>();
    Set<Set<IntBuffer>> dealt = new HashSet<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<Fold> made = splitter.folds(rows, folds, seed.derive("repeat", repeat));
      if (!dealt.add(made.stream().map(fold -> IntBuffer.wrap(fold.heldOut())).collect(toSet()))) {
        throw new InvalidInputException(
            "validate.repeats: "
                + repeats
                + ", and repeat "
                + (repeat + 1)
                + " has the folds of an earlier one, "
                + words(dataset)
                + "; the rule: other folds each time. Maybe 1.");
      }
      all.addAll(made);
    }
    return all;
  }

  /** How rows are split, for people. */
  public static String words(Dataset dataset) {
    return Splitter.of(dataset).words();
  }

  /**
   * Takes a share of rows in the way of the dataset: those that stay, and those that were taken.
   */
  public static int[][] part(Dataset dataset, int[] rows, double share, Seed seed) {
    return Splitter.of(dataset).part(rows, share, seed);
  }

  /** The given rows without some of them; both ascending. */
  public static int[] without(int[] rows, int[] some) {
    return Arrays.stream(rows).filter(row -> Arrays.binarySearch(some, row) < 0).toArray();
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

  /** Of the test rows only where they were split off: a test file may lack a class. */
  private void requireClasses(Dataset dataset) {
    int[] counts = dataset.classCounts(Datasets.allRows(dataset));
    int[][] parts = {train, validation, test};
    String[] names = {"training", "validation", "test"};
    List<String> problems = new ArrayList<>();
    for (int p = 0; p < (dataset.testRows() > 0 ? 2 : 3); p++) {
      int[] inPart = dataset.classCounts(parts[p]);
      for (int c = 0; c < counts.length; c++) {
        if (inPart[c] == 0) {
          problems.add(
              "data.split: class \""
                  + dataset.classes().get(c)
                  + "\" has "
                  + Names.count(counts[c], "row")
                  + ", and none falls to the "
                  + names[p]
                  + " rows; the rule: every class in every part. Maybe larger fractions, or more"
                  + " rows of that class.");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
