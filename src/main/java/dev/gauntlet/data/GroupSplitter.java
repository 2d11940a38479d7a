package dev.gauntlet.data;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whole groups, shuffled: no group is on two sides. */
record GroupSplitter(Dataset dataset) implements Splitter {

  @Override
  public String words() {
    return "by group";
  }

  /** Takes groups in their shuffled order while that brings the count nearer to the share. */
  @Override
  public int[][] part(int[] rows, double share, Seed seed) {
    List<Integer> groups = shuffled(rows, seed);
    int[] sizes = sizes(rows);
    double wanted = share * rows.length;
    Set<Integer> taken = new TreeSet<>();
    int count = 0;
    for (int group : groups) {
      boolean nearer = Math.abs(count + sizes[group] - wanted) < Math.abs(count - wanted);
      if (nearer && taken.size() < groups.size() - 1) {
        taken.add(group);
        count += sizes[group];
      }
    }
    int[] part = rowsOf(rows, taken);
    return new int[][] {Split.without(rows, part), part};
  }

  /** Largest groups first, each to the fold with the fewest rows. */
  @Override
  public List<Fold> folds(int[] rows, int folds, Seed seed) {
    List<Integer> groups = shuffled(rows, seed);
    if (groups.size() < folds) {
      throw new InvalidInputException(
          "validate.folds: "
              + folds
              + " folds, and "
              + groups.size()
              + " groups outside the test rows; the rule: at least one per fold. Maybe fewer"
              + " folds.");
    }
    int[] sizes = sizes(rows);
    groups.sort(Comparator.comparingInt((Integer group) -> sizes[group]).reversed());
    List<Set<Integer>> dealt = new ArrayList<>();
    int[] load = new int[folds];
    for (int fold = 0; fold < folds; fold++) {
      dealt.add(new TreeSet<>());
    }
    for (int group : groups) {
      int lightest = 0;
      for (int fold = 1; fold < folds; fold++) {
        lightest = load[fold] < load[lightest] ? fold : lightest;
      }
      dealt.get(lightest).add(group);
      load[lightest] += sizes[group];
    }
    return dealt.stream()
        .map(set -> rowsOf(rows, set))
        .map(heldOut -> new Fold(Split.without(rows, heldOut), heldOut))
        .collect(Collectors.toList());
  }

  private List<Integer> shuffled(int[] rows, Seed seed) {
    int[] groups =
        Arrays.stream(rows).map(row -> dataset.groups()[row]).sorted().distinct().toArray();
    Split.shuffle(groups, 0, groups.length, seed.derive("groups").random());
    return Arrays.stream(groups).boxed().collect(Collectors.toCollection(ArrayList::new));
  }

  private int[] sizes(int[] rows) {
    int[] sizes = new int[Arrays.stream(dataset.groups()).max().orElse(0) + 1];
    for (int row : rows) {
      sizes[dataset.groups()[row]]++;
    }
    return sizes;
  }

  private int[] rowsOf(int[] rows, Set<Integer> groups) {
    return Arrays.stream(rows).filter(row -> groups.contains(dataset.groups()[row])).toArray();
  }
}
