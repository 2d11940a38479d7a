package dev.gauntlet.config;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The data: where it is, what is predicted, and how it is prepared and split.
 *
 * @param path a file, or a folder of images or of CIFAR-10's batches
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
 * @param scale how numbers are scaled, with statistics of the training rows alone
 */
public record DataConfig(
    @FilePath String path,
    @Default("auto") Format format,
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
    @Default("standardize") Scale scale,
    @Default("{}") SplitConfig split)
    implements Serializable {

  public DataConfig {
    format = format == Format.AUTO ? Format.of(path) : format;
    DataRules.check(format, label, labels, test, testLabels, imageSize);
    if (format != Format.TEXT) {
      boolean plain = keep == null && drop.isEmpty() && categorical.isEmpty();
      DataRules.textOnly(format, plain, "keep, drop and categorical choose columns");
      DataRules.textOnly(format, delimiter == null && header, "delimiter and header are");
      DataRules.textOnly(
          format, split.group() == null && split.time() == null, "group and time name columns");
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

  /** What the files are. */
  public enum Format {
    /** By the name of the path. */
    AUTO,
    /** Delimited text, also compressed. */
    TEXT,
    /** NumPy's .npy or .npz. */
    NUMPY,
    /** MNIST's IDX, also compressed. */
    IDX,
    /** CIFAR-10's binary batches: a file, or a folder of data_batch_*.bin and test_batch.bin. */
    CIFAR10,
    /** Class folders of PNG and JPEG files, also in a tar archive, also under train and test. */
    IMAGES;

    private static Format of(String path) {
      String name = path.toLowerCase(Locale.ROOT);
      if (name.matches(".*\\.np[yz]")) {
        return NUMPY;
      }
      if (name.matches(".*(-idx[0-9]-ubyte|\\.idx[0-9]?)(\\.gz)?")) {
        return IDX;
      }
      if (name.endsWith(".bin")) {
        return CIFAR10;
      }
      boolean folder = Files.isDirectory(Path.of(path));
      if (folder && Files.exists(Path.of(path, "data_batch_1.bin"))) {
        return CIFAR10;
      }
      return folder || name.matches(".*\\.(tar|tgz|tar\\.gz)") ? IMAGES : TEXT;
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
