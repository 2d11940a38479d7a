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
import dev.gauntlet.data.Sharding;
import dev.gauntlet.data.Split;
import dev.gauntlet.data.Values;
import dev.gauntlet.train.TrainedModel;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What all trials of a search share, broadcast once per executor. */
public final class Experiment implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SEARCH = "search";

  private final SearchConfig config;
  private final Dataset dataset;
  private final Split split;
  private final List<Fold> folds;

  /** Null where every training has all of its rows in one place. */
  private final Sharding sharding;

  /**
   * What was fitted where the rows are, by the name of the parts; empty where it is fitted here.
   */
  private final Map<String, Preprocessor> fitted;

  /**
   * The rows of trainings, with what was fitted to them: the same for every candidate. Made anew
   * where memory was short.
   */
  private transient Map<String, SoftReference<Object>> made;

  /**
   * As it was split.
   *
   * @param folds of the cross-validation, repeat after repeat; none of their rows are test rows
   */
  public Experiment(SearchConfig config, Dataset dataset, Split split, List<Fold> folds) {
    this(config, dataset, split, folds, null, Map.of());
  }

  private Experiment(
      SearchConfig config,
      Dataset dataset,
      Split split,
      List<Fold> folds,
      Sharding sharding,
      Map<String, Preprocessor> fitted) {
    this.config = config;
    this.dataset = dataset;
    this.split = split;
    this.folds = List.copyOf(folds);
    this.sharding = sharding;
    this.fitted = fitted;
  }

  /**
   * The same, for trainings on shards: what training rows decide is fitted now, so that nobody
   * needs all of them who has a shard.
   *
   * @param values where rows are for those who train
   */
  public Experiment sharded(Sharding shards, Values values) {
    boolean stopping = config.space().training().earlyStopping().patience() > 0;
    Map<String, Preprocessor> all = new HashMap<>();
    all.put(SEARCH, search().training().preprocessor());
    for (int fold = 0; fold < folds.size(); fold++) {
      all.put(name(fold, stopping), fold(fold, stopping).training().preprocessor());
    }
    return new Experiment(config, dataset.at(values), split, folds, shards, all);
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
    return made(SEARCH, () -> parts(SEARCH, split.train(), split.validation(), split.validation()));
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
    return made(name(fold, stopping), () -> makeFold(fold, stopping));
  }

  private static String name(int fold, boolean stopping) {
    return fold + " " + stopping;
  }

  private Parts makeFold(int fold, boolean stopping) {
    Fold rows = folds.get(fold);
    if (!stopping) {
      return parts(name(fold, false), rows.training(), new int[0], rows.heldOut());
    }
    var fractions = config.data().split();
    double share = fractions.validation() / (fractions.train() + fractions.validation());
    Seed seed = new Seed(config.seed()).derive("stopping", fold);
    int[][] fitAndStop = Split.part(dataset, rows.training(), share, seed);
    return parts(name(fold, true), fitAndStop[0], fitAndStop[1], rows.heldOut());
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

  /** The parts of a trial. */
  Parts parts(Trial trial) {
    boolean stopping = trial.candidate().plan().earlyStopping().patience() > 0;
    return switch (trial.kind()) {
      case SEARCH -> search();
      case FINAL -> last();
      case FOLD -> fold(trial.index(), stopping);
    };
  }

  /**
   * What one shard has of a trial's rows.
   *
   * @param training in windows, one after the other
   * @param windows how many rows each has; none if the shard has no row
   * @param stopping in an order of its own
   */
  public record Shard(Rows training, int[] windows, Rows stopping) {}

  /** What one of the shards has of a trial's rows. */
  public Shard shard(Trial trial, int shard) {
    Parts parts = parts(trial);
    // Winners are trained on the rows of the search.
    String name = trial.kind() == Trial.Kind.FOLD ? "fold " + trial.index() : SEARCH;
    return made(
        name + " shard " + shard,
        () -> {
          List<int[]> windows = sharding.windows(shard, parts.training().index());
          return new Shard(
              parts.training().at(joined(windows)),
              windows.stream().mapToInt(window -> window.length).toArray(),
              parts.stopping().at(joined(sharding.windows(shard, parts.stopping().index()))));
        });
  }

  /** A model that reads rows in an order that suits where they are. */
  TrainedModel reading(TrainedModel model) {
    return sharding == null ? model : new PieceByPiece(model, sharding);
  }

  private static int[] joined(List<int[]> windows) {
    return windows.size() == 1
        ? windows.get(0)
        : windows.stream().flatMapToInt(Arrays::stream).toArray();
  }

  private <T> T made(String name, Supplier<T> making) {
    synchronized (this) {
      if (made == null) {
        made = new HashMap<>();
      }
      SoftReference<Object> reference = made.get(name);
      @SuppressWarnings("unchecked") // A name is of one kind of thing.
      T thing = reference == null ? null : (T) reference.get();
      if (thing == null) {
        thing = making.get();
        made.put(name, new SoftReference<>(thing));
      }
      return thing;
    }
  }

  private Parts parts(String name, int[] training, int[] stopping, int[] scored) {
    Preprocessor known = fitted.get(name);
    Preprocessor fit = known == null ? Preprocessor.fit(config.data(), dataset, training) : known;
    return new Parts(
        new Rows(dataset, training, fit),
        new Rows(dataset, stopping, fit),
        new Rows(dataset, scored, fit));
  }
}
