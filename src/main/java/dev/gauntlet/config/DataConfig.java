package dev.gauntlet.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data: where it is, what is predicted, and how it is prepared and split.
 *
 * @param path a file of delimited text
 * @param labels a second file with the labels, row by row; null if they are in the first
 * @param test a second file with the test rows; null if they are split off
 * @param delimiter between fields; null for a tab in {@code .tsv} files, else a comma
 * @param quote around fields that contain the delimiter
 * @param header whether the first line names the columns; else they are {@code 0}, {@code 1} ...
 * @param label the column that is predicted; null only for a file of labels with one column
 * @param keep patterns of the columns that are features; null for all but those of {@code drop}
 * @param drop patterns of columns that are no features
 * @param categorical patterns of columns whose values are words, also where they look like numbers
 * @param missing what is done with empty cells
 * @param unseen what is done with categories that the training rows do not have
 * @param labelMap from label to class; {@code *} for all others; empty for labels as they are
 * @param scale how numbers are scaled, with statistics of the training rows alone
 */
public record DataConfig(
    @FilePath String path,
    @Default("") @FilePath String labels,
    @Default("") @FilePath String test,
    @Default("") @AnyText String delimiter,
    @Default("'\"'") @AnyText String quote,
    @Default("true") boolean header,
    @Default("") @AnyText String label,
    @Default("") @AnyText List<String> keep,
    @Default("[]") @AnyText List<String> drop,
    @Default("[]") @AnyText List<String> categorical,
    @Default("error") Missing missing,
    @Default("ignore") Unseen unseen,
    @Default("{}") @AnyText Map<String, String> labelMap,
    @Default("standardize") Scale scale,
    @Default("{}") SplitConfig split)
    implements Serializable {

  public DataConfig {
    if (label == null && labels == null) {
      throw new IllegalArgumentException(
          "label: missing; the rule: the column to predict, or labels with a file of them.");
    }
    if (labels != null && test != null) {
      throw new IllegalArgumentException(
          "labels and test: the test file would need labels too. Maybe put the label into both"
              + " files.");
    }
    requireOne("delimiter", delimiter);
    requireOne("quote", quote);
    keep = keep == null ? null : List.copyOf(keep);
    drop = List.copyOf(drop);
    categorical = List.copyOf(categorical);
    labelMap = new LinkedHashMap<>(labelMap);
  }

  private static void requireOne(String key, String value) {
    if (value != null && value.length() != 1) {
      throw new IllegalArgumentException(
          key + ": \"" + value + "\"; the rule: one character. Maybe \"\\t\" for a tab.");
    }
  }

  /** What is done with empty cells, and with NA, NaN, null and ?. */
  public enum Missing {
    /** They are counted per column and refused. */
    ERROR,
    /** The mean of the training rows; in categorical columns the most frequent category. */
    MEAN,
    /** The median of the training rows; in categorical columns the most frequent category. */
    MEDIAN,
    /** The most frequent value of the training rows, the smallest of equally frequent ones. */
    MOST_FREQUENT,
    /** Rows with a missing value are dropped and counted. */
    DROP_ROWS
  }

  /** What is done with categories that the training rows do not have. */
  public enum Unseen {
    /** None of the column's inputs is set. */
    IGNORE,
    /** Refused. */
    ERROR
  }

  /** How numbers are scaled. */
  public enum Scale {
    /** To mean 0 and standard deviation 1. */
    STANDARDIZE,
    /** To [0, 1]. */
    MINMAX,
    /** Not at all. */
    NONE
  }

  /**
   * Fractions of the rows, which sum to 1.
   *
   * @param test of no effect where the data has test rows of its own
   * @param group a column: rows with the same value stay on one side of every split and fold; null
   *     for none
   * @param time a column of numbers: validation rows are later than training rows, test rows later
   *     still; null for shuffled rows
   */
  public record SplitConfig(
      @Default("0.70") @Bounds(min = 0, above = true, max = 1, below = true) double train,
      @Default("0.15") @Bounds(min = 0, above = true, max = 1, below = true) double validation,
      @Default("0.15") @Bounds(min = 0, above = true, max = 1, below = true) double test,
      @Default("") @AnyText String group,
      @Default("") @AnyText String time)
      implements Serializable {
    public SplitConfig {
      double sum = train + validation + test;
      if (Math.abs(sum - 1) > 1e-9) {
        throw new IllegalArgumentException(
            "train "
                + train
                + " + validation "
                + validation
                + " + test "
                + test
                + " is "
                + Math.round(sum * 1e9) / 1e9
                + "; the rule: 1.");
      }
      if (group != null && time != null) {
        throw new IllegalArgumentException("group and time: one of them. Maybe remove one.");
      }
    }
  }
}
