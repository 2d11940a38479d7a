package dev.gauntlet.search;

import dev.gauntlet.config.Seed;
import dev.gauntlet.config.Strategy.Tpe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tree-structured Parzen estimators (Bergstra, Bardenet, Bengio, Kégl: Algorithms for
 * hyper-parameter optimization, NIPS 2011): what is proposed is likely among the good points and
 * unlikely among the others, coordinate by coordinate. Points are chosen in generations; those of
 * the same generation count as bad until they are trained (the constant liar of Ginsbourger et al.
 * 2010), which keeps them apart. A coordinate learns only from points in which it matters.
 *
 * <p>At most 25 points are good, as in Optuna, and the others are represented by the last 256 of
 * them, so that the cost of a proposal has a bound.
 */
final class TpeStrategy implements SearchStrategy {
  private static final int MAX_GOOD = 25;
  private static final int MAX_OTHERS = 256;

  private final Tpe config;
  private final Coordinates coordinates;
  private final RandomStrategy startup;
  private final Seed seed;

  TpeStrategy(Tpe config, Coordinates coordinates, Seed seed) {
    this.config = config;
    this.coordinates = coordinates;
    this.startup = new RandomStrategy(coordinates.count(), seed.derive("startup"));
    this.seed = seed;
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public List<Proposal> propose(List<Evaluated> history) {
    int missing = config.startup() - history.size();
    return (missing > 0 ? startup.points(history.size(), missing) : generation(history))
        .stream().map(Proposal::whole).toList();
  }

  /** A point and which of its coordinates matter. */
  private record Observation(double[] point, boolean[] active) {}

  private List<double[]> generation(List<Evaluated> history) {
    List<Integer> ranked =
        IntStream.range(0, history.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> history.get(i).cost()))
            .toList();
    int count = (int) Math.min(MAX_GOOD, Math.ceil(config.gamma() * history.size()));
    List<Observation> good = observations(history, ranked.subList(0, count));
    List<Integer> rest = ranked.subList(count, ranked.size()).stream().sorted().toList();
    int skipped = Math.max(0, rest.size() - MAX_OTHERS);
    List<Observation> others = observations(history, rest.subList(skipped, rest.size()));
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < config.generation(); i++) {
      Random random = seed.derive("candidate", history.size() + i).random();
      double[] point = new double[coordinates.count()];
      for (int c = 0; c < point.length; c++) {
        point[c] = likely(c, good, others, random);
      }
      points.add(point);
      others.add(new Observation(point, coordinates.active(point)));
    }
    return points;
  }

  private List<Observation> observations(List<Evaluated> history, List<Integer> places) {
    List<Observation> observations = new ArrayList<>();
    for (int place : places) {
      double[] point = history.get(place).point();
      observations.add(new Observation(point, coordinates.active(point)));
    }
    return observations;
  }

  /** The best of several draws of one coordinate. */
  private double likely(int c, List<Observation> good, List<Observation> others, Random random) {
    double[] goodValues = values(c, good);
    double[] otherValues = values(c, others);
    int categories = coordinates.categories(c);
    if (categories > 0) {
      var likely = new Categories(goodValues, categories);
      var unlikely = new Categories(otherValues, categories);
      return best(likely::draw, x -> likely.density(x) / unlikely.density(x), random);
    }
    var likely = new Parzen(goodValues);
    var unlikely = new Parzen(otherValues);
    return best(likely::draw, x -> likely.density(x) / unlikely.density(x), random);
  }

  private static double[] values(int c, List<Observation> observations) {
    return observations.stream()
        .filter(one -> one.active()[c])
        .mapToDouble(one -> one.point()[c])
        .toArray();
  }

  private double best(ToDoubleFunction<Random> draw, DoubleUnaryOperator ratio, Random random) {
    double best = Double.NaN;
    double bestRatio = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < config.samples(); i++) {
      double x = draw.applyAsDouble(random);
      double value = ratio.applyAsDouble(x);
      if (value > bestRatio) {
        best = x;
        bestRatio = value;
      }
    }
    return best;
  }
}
