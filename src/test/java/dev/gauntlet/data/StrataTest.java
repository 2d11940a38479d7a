package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.DataConfig.SplitConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Strata.Split;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrataTest {
  private static final SplitConfig FRACTIONS = new SplitConfig(0.70, 0.15, 0.15);

  @Test
  void split_anyData_partitionsRowsAndKeepsShares() {
    Dataset dataset = TestData.clusters(2, 1, 5, 357, 212, 40);

    Split split = Strata.split(dataset, FRACTIONS, new Seed(1));

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

    Split split = Strata.split(dataset, FRACTIONS, new Seed(1));

    assertThat(Strata.split(dataset, FRACTIONS, new Seed(1)).test()).isEqualTo(split.test());
    assertThat(Strata.split(dataset, FRACTIONS, new Seed(2)).test()).isNotEqualTo(split.test());
  }

  /** Kitsune's first 121,621 rows are all of one class: an unshuffled split would lose a class. */
  @Test
  void split_sortedClasses_areShuffled() {
    Dataset dataset = TestData.clusters(1, 1, 5, 500, 500);

    int[] test = Strata.split(dataset, FRACTIONS, new Seed(1)).test();

    assertThat(test[0]).isLessThan(50);
    assertThat(test[test.length - 1]).isGreaterThan(950);
    assertThat(Arrays.stream(test).filter(row -> row < 500).count()).isEqualTo(75);
  }

  @Test
  void split_classTooSmall_namesClassAndCount() {
    Dataset dataset = TestData.clusters(1, 1, 5, 100, 3);

    assertThatThrownBy(() -> Strata.split(dataset, FRACTIONS, new Seed(1)))
        .hasMessageContaining("data.split: class \"class1\" has 3 rows, and none of them falls to");
  }

  /** scikit-learn's guarantee: per class, and overall, sizes differ by at most one. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10})
  void folds_anyCount_areBalanced(int folds) {
    Dataset dataset = TestData.clusters(1, 1, 5, 101, 58, 13);
    int[] rows = Strata.split(dataset, FRACTIONS, new Seed(1)).development();

    int[][] heldOut = Strata.folds(dataset, rows, Math.min(folds, 9), new Seed(3));

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

    assertThatThrownBy(() -> Strata.folds(dataset, Datasets.allRows(dataset), 10, new Seed(1)))
        .hasMessageContaining("10 folds, and class \"class1\" has 9 rows");
  }
}
