package dev.gauntlet.config;

import java.io.Serializable;

/**
 * The data: where it is, what is predicted, and how it is prepared and split.
 *
 * @param path a CSV file with a header
 * @param label the column that is predicted; all others are features
 * @param scale how features are scaled, with statistics of the training rows alone
 */
public record DataConfig(
    @FilePath String path,
    String label,
    @Default("standardize") Scale scale,
    @Default("{}") SplitConfig split)
    implements Serializable {

  /** How features are scaled. */
  public enum Scale {
    /** To mean 0 and standard deviation 1. */
    STANDARDIZE,
    /** To [0, 1]. */
    MINMAX,
    /** Not at all. */
    NONE
  }

  /** Fractions of the rows, which sum to 1; each is kept in every class. */
  public record SplitConfig(
      @Default("0.70") @Bounds(min = 0, above = true, max = 1, below = true) double train,
      @Default("0.15") @Bounds(min = 0, above = true, max = 1, below = true) double validation,
      @Default("0.15") @Bounds(min = 0, above = true, max = 1, below = true) double test)
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
    }
  }
}
