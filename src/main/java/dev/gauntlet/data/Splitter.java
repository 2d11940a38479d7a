package dev.gauntlet.data;

import dev.gauntlet.config.Seed;
import java.util.List;

/**
 * A way to part rows. Each part lists its rows in ascending order, so that it depends on which rows
 * are in it and on nothing else.
 */
interface Splitter {

  /** What a splitter does, for people. */
  String words();

  /**
   * Takes a share of the rows, rounded.
   *
   * @param share in (0, 1)
   * @return the rows that stay, and those that were taken
   */
  int[][] part(int[] rows, double share, Seed seed);

  /**
   * Cross-validation.
   *
   * @throws dev.gauntlet.config.InvalidInputException if the rows do not allow it
   */
  List<Fold> folds(int[] rows, int folds, Seed seed);

  /** Groups before time before classes. */
  static Splitter of(Dataset dataset) {
    return dataset.groups() != null
        ? new GroupSplitter(dataset)
        : dataset.times() != null ? new TimeSplitter(dataset) : new StratifiedSplitter(dataset);
  }
}
