package dev.gauntlet.leaderboard;

import dev.gauntlet.config.Metric;
import dev.gauntlet.leaderboard.Importance.Tried;
import dev.gauntlet.validate.CandidateResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.util.MathArrays;

/**
 * How important each hyperparameter was, and which values were good, by the search scores of all
 * candidates that have one.
 *
 * <p>The forest is fitted to ranks of scores: a candidate that diverged has a loss so large that it
 * would decide everything alone. Where candidates were trained for different shares of their
 * epochs, the share is a column of the forest, and what it explains is left out.
 */
public final class Importances {
  /** With fewer a forest says nothing. */
  static final int FEWEST_CANDIDATES = 10;

  /** A number with more values is a range. */
  static final int MOST_VALUES = 10;

  private static final double ROUNDING = 1e4;

  private final Metric metric;
  private final List<Map<String, Object>> points;
  private final double[] scores;
  private final double[] stages;

  /** The candidates best first, so that the first of equals is the better one. */
  private Importances(Metric metric, List<CandidateResult> ranked) {
    this.metric = metric;
    this.points = ranked.stream().map(result -> result.candidate().hyperparameters()).toList();
    this.scores = ranked.stream().mapToDouble(CandidateResult::searchScore).toArray();
    this.stages = ranked.stream().mapToDouble(CandidateResult::stage).toArray();
  }

  /**
   * The hyperparameters with at least two values, the most important first; none if fewer than ten
   * candidates have a score, or all have the same.
   *
   * @param names paths, in the order of the YAML
   */
  public static List<Importance> of(
      Metric metric, List<String> names, List<CandidateResult> candidates, Forest forest) {
    List<CandidateResult> ranked =
        candidates.stream()
            .filter(result -> Double.isFinite(result.searchScore()))
            .sorted(new Ranking(metric).bySearchScore())
            .toList();
    long different = ranked.stream().mapToDouble(CandidateResult::searchScore).distinct().count();
    return ranked.size() < FEWEST_CANDIDATES || different < 2
        ? List.of()
        : new Importances(metric, ranked).all(names, forest);
  }

  private List<Importance> all(List<String> names, Forest forest) {
    List<String> varying = names.stream().filter(name -> present(name).size() > 1).toList();
    if (varying.isEmpty()) {
      return List.of();
    }
    boolean staged = Arrays.stream(stages).distinct().count() > 1;
    int columns = varying.size() + (staged ? 1 : 0);
    int[] categories = new int[columns];
    double[][] encoded = new double[points.size()][columns];
    for (int column = 0; column < varying.size(); column++) {
      categories[column] = encode(varying.get(column), column, encoded);
    }
    for (int row = 0; staged && row < encoded.length; row++) {
      encoded[row][columns - 1] = stages[row];
    }
    double[] ranks = new NaturalRanking().rank(scores);
    double[] shares =
        ofHyperparameters(forest.importance(encoded, categories, ranks), varying.size());
    List<Importance> importances = new ArrayList<>();
    for (String name : varying) {
      importances.add(importance(name, rounded(shares[importances.size()])));
    }
    importances.sort(Comparator.comparingDouble(Importance::importance).reversed());
    return List.copyOf(importances);
  }

  /** Without that of how long a candidate was trained, which the strategy chose; the sum is 1. */
  private static double[] ofHyperparameters(double[] shares, int count) {
    double[] own = Arrays.copyOf(shares, count);
    double sum = StatUtils.sum(own);
    return sum > 0 ? MathArrays.normalizeArray(own, 1) : own;
  }

  /** The order in which a sum is made may show in the last digits; it shall not in the file. */
  private static double rounded(double share) {
    return Math.rint(share * ROUNDING) / ROUNDING;
  }

  /** The values of those that have one, each once, the best candidate's first. */
  private List<Object> present(String name) {
    return points.stream()
        .map(point -> point.get(name))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Numbers as they are, what is absent below them; words by place, absence a word too.
   *
   * @return how many words; 0 for numbers
   */
  private int encode(String name, int column, double[][] encoded) {
    List<Object> values = points.stream().map(point -> point.get(name)).distinct().toList();
    boolean numbers = numbers(values);
    double below =
        values.stream()
                .filter(value -> numbers && value != null)
                .mapToDouble(Importances::number)
                .min()
                .orElse(0)
            - 1;
    for (int row = 0; row < encoded.length; row++) {
      Object value = points.get(row).get(name);
      double place = numbers ? below : values.indexOf(value);
      encoded[row][column] = numbers && value != null ? number(value) : place;
    }
    return numbers ? 0 : values.size();
  }

  private static boolean numbers(List<Object> values) {
    return values.stream().allMatch(value -> value == null || value instanceof Number);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private Importance importance(String name, double share) {
    List<Object> values = present(name);
    return numbers(values) && values.size() > MOST_VALUES
        ? range(name, share)
        : choice(name, share, values);
  }

  private Importance choice(String name, double share, List<Object> values) {
    List<Tried> tried = new ArrayList<>();
    for (Object value : values) {
      double[] reached =
          IntStream.range(0, scores.length)
              .filter(i -> value.equals(points.get(i).get(name)))
              .mapToDouble(i -> scores[i])
              .toArray();
      tried.add(new Tried(value, reached.length, new Median().evaluate(reached)));
    }
    tried.sort((a, b) -> metric.direction().compare(a.score(), b.score()));
    return new Importance(name, share, tried.get(0).value(), tried, Double.NaN, Double.NaN);
  }

  private Importance range(String name, double share) {
    List<Object> ranked =
        points.stream().map(point -> point.get(name)).filter(Objects::nonNull).toList();
    double[] best =
        ranked.stream().limit((ranked.size() + 3) / 4).mapToDouble(Importances::number).toArray();
    var quartile = new Percentile().withEstimationType(EstimationType.R_7);
    quartile.setData(best);
    return new Importance(
        name, share, ranked.get(0), List.of(), quartile.evaluate(25), quartile.evaluate(75));
  }
}
