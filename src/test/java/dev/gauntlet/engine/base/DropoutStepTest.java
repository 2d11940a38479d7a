package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Seed;
import dev.gauntlet.engine.base.Step.Activations;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Masks must look drawn: all bounds would be missed by chance once in ten thousand times or less.
 */
class DropoutStepTest {
  private static final int ROWS = 1024;
  private static final int UNITS = 200;
  private static final Seed PASS = new Seed(3);

  private static float[] mask(double keep, Seed pass, int layer) {
    return new DropoutStep(layer, keep).mask(pass, 0, ROWS, UNITS).clone();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 0.7, 0.9, 0.999})
  void mask_rate_isThatOfKeeping(double keep) {
    float[] mask = mask(keep, PASS, 1);
    float factor = (float) (1 / keep);
    long kept = 0;
    for (float one : mask) {
      assertThat(one == 0 || one == factor).isTrue();
      kept += one == 0 ? 0 : 1;
    }

    double deviation = Math.sqrt(mask.length * keep * (1 - keep));
    assertThat(kept).isCloseTo(Math.round(keep * mask.length), within((long) (4 * deviation)));
  }

  @Test
  void mask_keepingAll_isOne() {
    assertThat(mask(1, PASS, 1)).containsOnly(1);
  }

  /** Each of the 1024 rows, and of the 200 units, keeps its share: chi-square of their counts. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9})
  void mask_rowsAndUnits_haveTheSameRate(double keep) {
    double[] rows = new double[ROWS];
    double[] units = new double[UNITS];
    float[] mask = mask(keep, PASS, 1);
    for (int i = 0; i < mask.length; i++) {
      rows[i / UNITS] += mask[i] == 0 ? 0 : 1;
      units[i % UNITS] += mask[i] == 0 ? 0 : 1;
    }

    requireChance(rows, UNITS, keep);
    requireChance(units, ROWS, keep);
  }

  private static void requireChance(double[] kept, int of, double keep) {
    double sum = 0;
    for (double count : kept) {
      sum += Math.pow(count - of * keep, 2) / (of * keep * (1 - keep));
    }
    assertThat(sum).isCloseTo(kept.length, within(4 * Math.sqrt(2.0 * kept.length)));
  }

  /** What is kept together with a neighbour: the next unit, row, block of rows, pass or layer. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9})
  void mask_neighbours_areNotCorrelated(double keep) {
    float[] mask = mask(keep, PASS, 1);

    requireIndependent(mask, mask, 1, keep);
    requireIndependent(mask, mask, 2, keep);
    requireIndependent(mask, mask, UNITS, keep);
    requireIndependent(mask, mask, UNITS + 1, keep);
    requireIndependent(mask, mask, DropoutStep.BLOCK * UNITS, keep);
    requireIndependent(mask, mask(keep, PASS, 2), 0, keep);
    for (int pass = 4; pass < 8; pass++) {
      requireIndependent(mask, mask(keep, new Seed(pass), 1), 0, keep);
    }
    Seed search = new Seed(9);
    float[] first = mask(keep, search.derive("pass", 0), 1);
    requireIndependent(first, mask(keep, search.derive("pass", 1), 1), 0, keep);
  }

  private static void requireIndependent(float[] one, float[] other, int shift, double keep) {
    int pairs = one.length - shift;
    double sum = 0;
    for (int i = 0; i < pairs; i++) {
      double left = (one[i] == 0 ? 0 : 1) - keep;
      double right = (other[i + shift] == 0 ? 0 : 1) - keep;
      sum += left * right / (keep * (1 - keep));
    }
    assertThat(sum / Math.sqrt(pairs)).isBetween(-4.0, 4.0);
  }

  /** Eight units together: chi-square of the 256 patterns. */
  @Test
  void mask_patterns_areEquallyFrequent() {
    double[] counts = new double[256];
    float[] mask = mask(0.5, PASS, 1);
    for (int i = 0; i < mask.length; i += 8) {
      int pattern = 0;
      for (int bit = 0; bit < 8; bit++) {
        pattern = 2 * pattern + (mask[i + bit] == 0 ? 0 : 1);
      }
      counts[pattern]++;
    }
    double expected = mask.length / 8.0 / 256;
    double sum = Arrays.stream(counts).map(n -> (n - expected) * (n - expected) / expected).sum();

    assertThat(sum).isCloseTo(255, within(4 * Math.sqrt(2 * 255)));
  }

  /** Also where a block is more than the piece that is hashed at a time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 64, 333})
  void mask_row_isTheSameInAnyTile(int units) {
    var step = new DropoutStep(1, 0.5);
    float[] all = step.mask(PASS, 0, 512, units).clone();

    for (int rows : new int[] {64, 100, 128}) {
      float[] part = step.mask(PASS, 128, rows, units);
      assertThat(part).isEqualTo(Arrays.copyOfRange(all, 128 * units, (128 + rows) * units));
    }
  }

  @Test
  void apply_values_areScaledOrDroppedInAnotherArray() {
    float[] values = new float[64];
    Arrays.fill(values, 3);
    var step = new DropoutStep(1, 0.75);

    float[] dropped = step.apply(new Activations(values, new long[] {64, 1}), PASS, 0).values();

    assertThat(values).containsOnly(3);
    assertThat(dropped).containsOnly(0, 4).contains(0, 4);
  }
}
