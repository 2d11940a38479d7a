package dev.gauntlet.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data: where it is, what is predicted, and how it is prepared and split.
 *
 * @param source a known set; null for data of one's own
 * @param path a file, a glob, a folder, or a URI of one that Hadoop's file systems know; with a
 *     source the folder that has its files, null to download them
 * @param sparkTable a table of Spark's catalog; null for files
 * @param format of all files; auto goes by the name of {@code path}, and is what it finds from then
 *     on
 * @param labels a second file with the labels, row by row; null if they are in the first
 * @param test a second file with the test rows; null if they are split off, or in {@code path}
 * @param testLabels the labels of {@code test}; null if they are in it
 * @param imageSize {@code WIDTHxHEIGHT} that images are resized to; null for images of one size
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
 * @param positive the class that binary metrics are about; null for the last one
 * @param scale how numbers are scaled, with statistics of the training rows alone; auto goes by the
 *     format, and is what it finds from then on
 * @param cache whether what large files of text or images hold is kept in the cache folder
 */
public record DataConfig(
    @Default("") Source source,
    @Default("") @FilePath String path,
    @Default("") @AnyText String sparkTable,
    @Default("auto") DataFormat format,
    @Default("") @FilePath String labels,
    @Default("") @FilePath String test,
    @Default("") @FilePath String testLabels,
    @Default("") @AnyText String imageSize,
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
    @Default("") @AnyText String positive,
    @Default("auto") Scale scale,
    @Default("true") boolean cache,
    @Default("{}") SplitConfig split)
    implements Serializable {

  public DataConfig {
    DataRules.place(source, path, sparkTable);
    format = DataFormat.of(format, source, path, sparkTable);
    scale = scale == Scale.AUTO ? format.scale() : scale;
    DataRules.check(format, source, label, labels, test, testLabels, imageSize);
    if (!format.named()) {
      boolean plain = keep == null && drop.isEmpty() && categorical.isEmpty();
      DataRules.absent(format, plain, "keep, drop and categorical choose columns by name");
      boolean rows = split.group() == null && split.time() == null;
      DataRules.absent(format, rows, "group and time name columns");
    }
    if (format != DataFormat.TEXT) {
      DataRules.absent(format, delimiter == null && header, "delimiter and header are for text");
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

  /** Where the rows are, for messages. */
  public String place() {
    return path != null ? path : sparkTable != null ? sparkTable : Names.word(source);
  }

  /** Sets that many know, downloaded once into the cache folder. */
  public enum Source {
    MNIST,
    FASHION_MNIST,
    CIFAR10,
    /** Network traffic of a botnet; 121,621 benign rows, then 642,516 malicious ones. */
    KITSUNE_MIRAI
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
    /** By the format: pixels for images, else standardize. */
    AUTO,
    /** To mean 0 and standard deviation 1. */
    STANDARDIZE,
    /** The training rows to [0, 1]. */
    MINMAX,
    /** From 0 .. 255 to [0, 1], whatever the training rows are. */
    PIXELS,
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
