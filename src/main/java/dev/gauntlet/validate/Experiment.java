package dev.gauntlet.validate;

import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Scaler;
import dev.gauntlet.data.Strata;
import dev.gauntlet.data.Strata.Split;
import java.io.Serializable;

/**
 * What all trials of a search share, broadcast once per executor.
 *
 * @param folds the held-out rows of each fold, none of them test rows
 */
public record Experiment(SearchConfig config, Dataset dataset, Split split, int[][] folds)
    implements Serializable {

  /**
   * Splits the data.
   *
   * @throws dev.gauntlet.config.InvalidInputException if a class is too small for it
   */
  public static Experiment of(SearchConfig config, Dataset dataset) {
    Seed seed = new Seed(config.seed());
    Split split = Strata.split(dataset, config.data().split(), seed.derive("split"));
    int[][] folds =
        Strata.folds(dataset, split.development(), config.validate().folds(), seed.derive("folds"));
    return new Experiment(config, dataset, split, folds);
  }

  /**
   * The rows of one training.
   *
   * @param training rows that weights and preprocessing are fitted to
   * @param stopping rows that early stopping watches
   * @param scored rows that the metric is measured on
   */
  record Parts(Rows training, Rows stopping, Rows scored) {}

  /** Trained on the training rows, scored on the validation rows. */
  Parts search() {
    return parts(split.train(), split.validation(), split.validation());
  }

  /** Trained on the training rows, scored on the test rows. */
  Parts last() {
    return parts(split.train(), split.validation(), split.test());
  }

  /**
   * Trained on the other folds, scored on this one.
   *
   * @param stopping whether early stopping needs rows of its own; they are taken from the other
   *     folds
   */
  Parts fold(int fold, boolean stopping) {
    int[] rest = Strata.without(split.development(), folds[fold]);
    if (!stopping) {
      return parts(rest, new int[0], folds[fold]);
    }
    var fractions = config.data().split();
    double share = fractions.validation() / (fractions.train() + fractions.validation());
    Seed seed = new Seed(config.seed()).derive("stopping", fold);
    int[][] fitAndStop = Strata.part(dataset, rest, share, seed);
    return parts(fitAndStop[0], fitAndStop[1], folds[fold]);
  }

  private Parts parts(int[] training, int[] stopping, int[] scored) {
    Scaler scaler = Scaler.fit(config.data().scale(), dataset, training);
    return new Parts(
        new Rows(dataset, training, scaler),
        new Rows(dataset, stopping, scaler),
        new Rows(dataset, scored, scaler));
  }
}
