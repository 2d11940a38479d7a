package dev.gauntlet.data;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whole groups, shuffled: no group is on two sides. Within that, each part gets its share of each
 * class as nearly as a greedy choice brings it, as in scikit-learn's {@code StratifiedGroupKFold}.
 */
record GroupSplitter(Dataset dataset) implements Splitter {
  private static final double ROUNDING = 1e-12;

  @Override
  public String words() {
    return dataset.classes().isEmpty() ? "by group" : "by group, stratified";
  }

  /** Takes groups in their shuffled order while that brings the shares of classes nearer. */
  @Override
  public int[][] part(int[] rows, double share, Seed seed) {
    Map<Integer, double[]> groups = shuffled(rows, seed);
    int classes = strata();
    double[] sum = new double[classes];
    Set<Integer> taken = new TreeSet<>();
    groups.forEach(
        (group, shares) -> {
          double before = 0;
          double after = 0;
          for (int c = 0; c < classes; c++) {
            before += (sum[c] - share) * (sum[c] - share);
            after += (sum[c] + shares[c] - share) * (sum[c] + shares[c] - share);
          }
          if (after < before - ROUNDING && taken.size() < groups.size() - 1) {
            taken.add(group);
            Arrays.setAll(sum, c -> sum[c] + shares[c]);
          }
        });
    if (taken.isEmpty() && groups.size() > 1) {
      taken.add(smallest(groups));
    }
    int[] part = rowsOf(rows, taken);
    return new int[][] {Split.without(rows, part), part};
  }

  /** Largest groups first, each to the fold where the shares of classes stay most even. */
  @Override
  public List<Fold> folds(int[] rows, int folds, Seed seed) {
    Map<Integer, double[]> groups = shuffled(rows, seed);
    if (groups.size() < folds) {
      throw new InvalidInputException(
          "validate.folds: "
              + folds
              + " folds, and "
              + groups.size()
              + " groups outside the test rows; the rule: at least one per fold. Maybe fewer"
              + " folds.");
    }
    List<Integer> largestFirst = new ArrayList<>(groups.keySet());
    largestFirst.sort(bySize(groups).reversed());
    double[][] dealt = new double[folds][strata()];
    List<Set<Integer>> members = new ArrayList<>();
    IntStream.range(0, folds).forEach(fold -> members.add(new TreeSet<>()));
    for (int group : largestFirst) {
      double[] shares = groups.get(group);
      // The sum of squared shares over all folds grows by 2 dealt . shares + shares . shares. An
      // empty fold is first among equals, so that none stays empty.
      int best =
          IntStream.range(0, folds)
              .boxed()
              .min(
                  Comparator.comparingDouble((Integer fold) -> product(dealt[fold], shares))
                      .thenComparingDouble(fold -> Arrays.stream(dealt[fold]).sum()))
              .orElseThrow();
      members.get(best).add(group);
      Arrays.setAll(dealt[best], c -> dealt[best][c] + shares[c]);
    }
    return members.stream()
        .map(set -> rowsOf(rows, set))
        .map(heldOut -> new Fold(rows, heldOut))
        .collect(Collectors.toList());
  }

  /** Of each class, the share of its rows that each group has; groups in a random order. */
  private Map<Integer, double[]> shuffled(int[] rows, Seed seed) {
    int[] groups =
        Arrays.stream(rows).map(row -> dataset.groups()[row]).sorted().distinct().toArray();
    Split.shuffle(groups, 0, groups.length, seed.derive("groups").random());
    Map<Integer, double[]> shares = new LinkedHashMap<>();
    for (int group : groups) {
      shares.put(group, new double[strata()]);
    }
    double[] all = new double[strata()];
    for (int row : rows) {
      all[stratum(row)]++;
    }
    for (int row : rows) {
      shares.get(dataset.groups()[row])[stratum(row)] += 1 / all[stratum(row)];
    }
    return shares;
  }

  private static int smallest(Map<Integer, double[]> groups) {
    return groups.keySet().stream().min(bySize(groups)).orElseThrow();
  }

  private static Comparator<Integer> bySize(Map<Integer, double[]> groups) {
    return Comparator.comparingDouble(group -> product(groups.get(group), groups.get(group)));
  }

  private int strata() {
    return Math.max(1, dataset.classes().size());
  }

  private int stratum(int row) {
    return dataset.classes().isEmpty() ? 0 : dataset.label(row);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  private int[] rowsOf(int[] rows, Set<Integer> groups) {
    return Arrays.stream(rows).filter(row -> groups.contains(dataset.groups()[row])).toArray();
  }
}
