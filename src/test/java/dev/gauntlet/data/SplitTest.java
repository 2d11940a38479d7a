package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.DataConfig.SplitConfig;
import dev.gauntlet.config.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  private static final SplitConfig FRACTIONS = new SplitConfig(0.70, 0.15, 0.15, null, null);

  @Test
  void split_anyData_partitionsRowsAndKeepsShares() {
    Dataset dataset = TestData.clusters(2, 1, 5, 357, 212, 40);

    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    int[] all =
        IntStream.concat(
                Arrays.stream(split.train()),
                IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test())))
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(Datasets.allRows(dataset));
    int[] sizes = {357, 212, 40};
    for (int c = 0; c < 3; c++) {
      assertThat((double) dataset.classCounts(split.test())[c])
          .isBetween(sizes[c] * .15 - 1, sizes[c] * .15 + 1);
      assertThat((double) dataset.classCounts(split.validation())[c])
          .isBetween(sizes[c] * .15 - 1.5, sizes[c] * .15 + 1.5);
    }
  }

  @Test
  void split_seed_decidesWhichRows() {
    Dataset dataset = TestData.clusters(2, 1, 5, 100, 100);

    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    assertThat(Split.of(dataset, FRACTIONS, new Seed(1)).test()).isEqualTo(split.test());
    assertThat(Split.of(dataset, FRACTIONS, new Seed(2)).test()).isNotEqualTo(split.test());
  }

  /** Kitsune's first 121,621 rows are all of one class: an unshuffled split would lose a class. */
  @Test
  void split_sortedClasses_areShuffled() {
    Dataset dataset = TestData.clusters(1, 1, 5, 500, 500);

    int[] test = Split.of(dataset, FRACTIONS, new Seed(1)).test();

    assertThat(test[0]).isLessThan(50);
    assertThat(test[test.length - 1]).isGreaterThan(950);
    assertThat(Arrays.stream(test).filter(row -> row < 500).count()).isEqualTo(75);
  }

  @Test
  void split_classTooSmall_namesClassAndCount() {
    Dataset dataset = TestData.clusters(1, 1, 5, 100, 3);

    assertThatThrownBy(() -> Split.of(dataset, FRACTIONS, new Seed(1)))
        .hasMessageContaining("data.split: class \"class1\" has 3 rows, and none falls to");
  }

  /** scikit-learn's guarantee: per class, and overall, sizes differ by at most one. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10})
  void folds_anyCount_areBalanced(int folds) {
    Dataset dataset = TestData.clusters(1, 1, 5, 101, 58, 13);
    Split split = Split.of(dataset, FRACTIONS, new Seed(1));
    int[] rows = split.development();

    List<Fold> made = split.folds(dataset, Math.min(folds, 9), 1, new Seed(3));

    int[][] heldOut = made.stream().map(Fold::heldOut).toArray(int[][]::new);
    for (Fold fold : made) {
      assertThat(Split.without(rows, fold.heldOut())).isEqualTo(fold.training());
    }

    assertThat(Arrays.stream(heldOut).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(rows);
    assertSpread(Arrays.stream(heldOut).mapToInt(fold -> fold.length).toArray());
    for (int c = 0; c < 3; c++) {
      int place = c;
      assertSpread(
          Arrays.stream(heldOut).mapToInt(fold -> dataset.classCounts(fold)[place]).toArray());
    }
  }

  private static void assertSpread(int[] sizes) {
    assertThat(Arrays.stream(sizes).max().orElseThrow() - Arrays.stream(sizes).min().orElseThrow())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void folds_fewerRowsThanFolds_namesClassAndCount() {
    Dataset dataset = TestData.clusters(1, 1, 5, 50, 9);

    assertThatThrownBy(
            () -> new StratifiedSplitter(dataset).folds(Datasets.allRows(dataset), 10, new Seed(1)))
        .hasMessageContaining("10 folds, and 9 rows of class \"class1\" outside");
  }

  /** 9 groups of unequal size, each with both classes. */
  private static Dataset grouped() {
    Dataset plain = TestData.clusters(1, 1, 5, 300, 300);
    int[] groups = new int[600];
    float[] values = new float[600];
    int[] labels = new int[600];
    for (int row = 0; row < 600; row++) {
      groups[row] = (row * row) % 40;
      values[row] = plain.value(row, 0);
      labels[row] = plain.label(row);
    }
    var target = new Target.Labels(labels, plain.classes());
    return new Dataset(new Table(plain.columns(), values, target, 0, groups, null, 0), List.of());
  }

  private static Set<Integer> groups(Dataset dataset, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> dataset.groups()[row]).collect(Collectors.toSet());
  }

  @Test
  void split_groups_areNeverOnTwoSides() {
    Dataset dataset = grouped();

    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    assertThat(groups(dataset, split.train()))
        .doesNotContainAnyElementsOf(groups(dataset, split.validation()))
        .doesNotContainAnyElementsOf(groups(dataset, split.test()));
    assertThat(groups(dataset, split.validation()))
        .doesNotContainAnyElementsOf(groups(dataset, split.test()));
    assertThat(split.test().length).isBetween(60, 120);
    for (Fold fold : split.folds(dataset, 3, 1, new Seed(2))) {
      assertThat(groups(dataset, fold.training()))
          .doesNotContainAnyElementsOf(groups(dataset, fold.heldOut()));
      assertThat(fold.training().length + fold.heldOut().length)
          .isEqualTo(split.development().length);
    }
  }

  /** They would count twice in every test, and tell nothing. */
  @Test
  void folds_repeatThatDealsTheSame_isRefused() {
    int[] groups = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
    var target = new Target.Labels(labels, List.of("a", "b"));
    var table = new Table(List.of(Column.numeric("x")), new float[12], target, 0, groups, null, 0);
    var dataset = new Dataset(table, List.of());
    var split = new Split(new int[] {0, 1, 2, 3, 4, 5}, new int[] {6, 7}, new int[] {8, 9, 10, 11});

    assertThatThrownBy(() -> split.folds(dataset, 4, 2, new Seed(1)))
        .hasMessage(
            "validate.repeats: 2, and repeat 2 has the folds of an earlier one, by group,"
                + " stratified; the rule: other folds each time. Maybe 1.");
    assertThat(split.folds(dataset, 4, 1, new Seed(1))).hasSize(4);
  }

  /** Each repeat deals all rows anew. */
  @Test
  void folds_repeated_areOtherFoldsOfTheSameRows() {
    Dataset dataset = TestData.clusters(1, 1, 5, 101, 58, 13);
    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    List<Fold> folds = split.folds(dataset, 5, 3, new Seed(3));

    assertThat(folds).hasSize(15);
    for (int repeat = 0; repeat < 3; repeat++) {
      int[] all =
          folds.subList(5 * repeat, 5 * repeat + 5).stream()
              .flatMapToInt(fold -> Arrays.stream(fold.heldOut()))
              .sorted()
              .toArray();
      assertThat(all).isEqualTo(split.development());
    }
    assertThat(folds.get(5).heldOut()).isNotEqualTo(folds.get(0).heldOut());
    assertThat(split.folds(dataset, 5, 1, new Seed(3)).get(4).heldOut())
        .isEqualTo(folds.get(4).heldOut());
  }

  /** 60 people with 10 rows each; every third has the rare class in two rows of three. */
  @Test
  void folds_groupsOfUnevenClasses_haveTheirShareOfEach() {
    int[] groups = new int[600];
    int[] labels = new int[600];
    for (int row = 0; row < 600; row++) {
      groups[row] = row / 10;
      labels[row] = groups[row] % 3 == 0 && row % 3 > 0 ? 1 : 0;
    }
    var target = new Target.Labels(labels, List.of("common", "rare"));
    var table = new Table(List.of(Column.numeric("x")), new float[600], target, 0, groups, null, 0);
    var dataset = new Dataset(table, List.of());
    int[] all = dataset.classCounts(Datasets.allRows(dataset));

    for (long seed = 0; seed < 20; seed++) {
      List<Fold> folds =
          new GroupSplitter(dataset).folds(Datasets.allRows(dataset), 5, new Seed(seed));
      for (Fold fold : folds) {
        int[] counts = dataset.classCounts(fold.heldOut());
        assertThat(counts[0]).isBetween(all[0] / 5 - 10, all[0] / 5 + 10);
        assertThat(counts[1]).isBetween(all[1] / 5 - 7, all[1] / 5 + 7);
      }
      int[][] parts = Split.part(dataset, Datasets.allRows(dataset), 0.25, new Seed(seed));
      assertThat(dataset.classCounts(parts[1])[1]).isBetween(all[1] / 4 - 14, all[1] / 4 + 14);
    }
  }

  /** Groups of one class each: a fold that shares no class with a group is no better than none. */
  @Test
  void folds_asManyGroupsAsFolds_leavesNoneEmpty() {
    int[] groups = {0, 0, 0, 1, 1, 2, 2, 3};
    int[] labels = {0, 0, 0, 1, 1, 0, 0, 1};
    var target = new Target.Labels(labels, List.of("a", "b"));
    var table = new Table(List.of(Column.numeric("x")), new float[8], target, 0, groups, null, 0);
    var dataset = new Dataset(table, List.of());

    List<Fold> folds = new GroupSplitter(dataset).folds(Datasets.allRows(dataset), 4, new Seed(1));

    assertThat(folds).allMatch(fold -> fold.heldOut().length > 0 && fold.trainingRows() > 0);
    assertThat(Split.part(dataset, new int[] {0, 1, 2}, 0.5, new Seed(1))[1]).isEmpty();
    assertThat(Split.part(dataset, Datasets.allRows(dataset), 0.01, new Seed(1))[1]).hasSize(1);
  }

  @Test
  void folds_fewerGroupsThanFolds_saysSo() {
    Dataset dataset = grouped();

    assertThatThrownBy(
            () -> new GroupSplitter(dataset).folds(Datasets.allRows(dataset), 20, new Seed(1)))
        .hasMessageContaining("20 folds, and 9 groups outside the test rows");
  }

  @Test
  void split_time_trainsOnThePast() {
    // Seconds since 1970, which a float would round to steps of 128.
    double[] times = new double[200];
    int[] labels = new int[200];
    for (int row = 0; row < 200; row++) {
      times[row] = 1.7e9 + (row * 37) % 200;
      labels[row] = row % 2;
    }
    var target = new Target.Labels(labels, List.of("a", "b"));
    List<Column> columns = List.of(Column.numeric("x"));
    var dataset =
        new Dataset(new Table(columns, new float[200], target, 0, null, times, 0), List.of());

    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    assertThat(latest(times, split.train())).isLessThan(earliest(times, split.validation()));
    assertThat(latest(times, split.validation())).isLessThan(earliest(times, split.test()));
    for (Fold fold : split.folds(dataset, 5, 1, new Seed(2))) {
      assertThat(latest(times, fold.training())).isLessThan(earliest(times, fold.heldOut()));
      assertThat(fold.heldOut()).hasSizeBetween(28, 29);
    }
  }

  private static double latest(double[] times, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> times[row]).max().orElseThrow();
  }

  private static double earliest(double[] times, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> times[row]).min().orElseThrow();
  }

  @Test
  void split_testRowsOfTheData_areTheTestRows() {
    Dataset plain = TestData.clusters(1, 1, 5, 100, 100);
    float[] values = new float[200];
    int[] labels = new int[200];
    for (int row = 0; row < 200; row++) {
      labels[row] = plain.label((row * 7) % 200);
    }
    var target = new Target.Labels(labels, plain.classes());
    var dataset = new Dataset(new Table(plain.columns(), values, target, 50), List.of());

    Split split = Split.of(dataset, FRACTIONS, new Seed(1));

    assertThat(split.test()).isEqualTo(Datasets.rows(150, 200));
    assertThat(split.validation()).hasSize((int) Math.round(150 * 0.15 / 0.85));
  }
}
