package dev.gauntlet.validate;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.Seed;
import dev.gauntlet.config.ValidateConfig;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Fold;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What all trials of a search share, broadcast once per executor. */
public final class Experiment implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SearchConfig config;
  private final Dataset dataset;
  private final Split split;
  private final List<Fold> folds;

  /**
   * The rows of trainings, with what was fitted to them: the same for every candidate. Made anew
   * where memory was short.
   */
  private transient Map<String, SoftReference<Parts>> made;

  /**
   * As it was split.
   *
   * @param folds of the cross-validation, repeat after repeat; none of their rows are test rows
   */
  public Experiment(SearchConfig config, Dataset dataset, Split split, List<Fold> folds) {
    this.config = config;
    this.dataset = dataset;
    this.split = split;
    this.folds = List.copyOf(folds);
  }

  public SearchConfig config() {
    return config;
  }

  public Dataset dataset() {
    return dataset;
  }

  public Split split() {
    return split;
  }

  public List<Fold> folds() {
    return folds;
  }

  /**
   * Splits the data.
   *
   * @throws dev.gauntlet.config.InvalidInputException if a class is too small for it, weights are
   *     of other classes, a metric is of two classes and there are more, or a baseline does not
   *     know so many
   */
  public static Experiment of(SearchConfig config, Dataset dataset) {
    Scores.check(config, dataset.classes().size());
    ClassFactors.check(config.space().training().classWeights(), dataset.classes());
    check(config.validate().baselines(), dataset);
    Seed seed = new Seed(config.seed());
    Split split = Split.of(dataset, config.data().split(), seed.derive("split"));
    ValidateConfig validate = config.validate();
    List<Fold> folds =
        split.folds(dataset, validate.folds(), validate.repeats(), seed.derive("folds"));
    return new Experiment(config, dataset, split, folds);
  }

  /** MLlib's gradient-boosted trees know two classes. */
  private static void check(List<ValidateConfig.Baseline> baselines, Dataset dataset) {
    int classes = dataset.classes().size();
    boolean two = dataset.task() == Task.REGRESSION || classes == 2;
    if (!two && baselines.contains(ValidateConfig.Baseline.GRADIENT_BOOSTED_TREES)) {
      throw new InvalidInputException(
          "validate.baselines: gradient-boosted-trees with "
              + classes
              + " classes; the rule: two. Maybe random-forest.");
    }
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
    return made("search", () -> parts(split.train(), split.validation(), split.validation()));
  }

  /** Trained on the training rows, scored on the test rows. */
  Parts last() {
    return made("last", () -> new Parts(search().training(), search().stopping(), test()));
  }

  /**
   * Trained on the other folds, scored on this one.
   *
   * @param stopping whether early stopping needs rows of its own; they are taken from the other
   *     folds
   */
  Parts fold(int fold, boolean stopping) {
    return made(fold + " " + stopping, () -> makeFold(fold, stopping));
  }

  private Parts makeFold(int fold, boolean stopping) {
    Fold rows = folds.get(fold);
    if (!stopping) {
      return parts(rows.training(), new int[0], rows.heldOut());
    }
    var fractions = config.data().split();
    double share = fractions.validation() / (fractions.train() + fractions.validation());
    Seed seed = new Seed(config.seed()).derive("stopping", fold);
    int[][] fitAndStop = Split.part(dataset, rows.training(), share, seed);
    return parts(fitAndStop[0], fitAndStop[1], rows.heldOut());
  }

  /**
   * Held-out rows per training row, over all folds: 1/(k-1), but for folds in the order of time.
   */
  public double foldRatio() {
    long heldOut = folds.stream().mapToLong(fold -> fold.heldOut().length).sum();
    long training = folds.stream().mapToLong(Fold::trainingRows).sum();
    return (double) heldOut / training;
  }

  private Rows test() {
    return new Rows(dataset, split.test(), search().training().preprocessor());
  }

  private synchronized Parts made(String name, Supplier<Parts> making) {
    if (made == null) {
      made = new HashMap<>();
    }
    SoftReference<Parts> reference = made.get(name);
    Parts parts = reference == null ? null : reference.get();
    if (parts == null) {
      parts = making.get();
      made.put(name, new SoftReference<>(parts));
    }
    return parts;
  }

  private Parts parts(int[] training, int[] stopping, int[] scored) {
    Preprocessor fitted = Preprocessor.fit(config.data(), dataset, training);
    return new Parts(
        new Rows(dataset, training, fitted),
        new Rows(dataset, stopping, fitted),
        new Rows(dataset, scored, fitted));
  }
}
