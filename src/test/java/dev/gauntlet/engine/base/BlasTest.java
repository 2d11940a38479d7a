package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.natives.BlasKernel;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products made of small ones, on any processor, beside plain loops in 64 bits. */
class BlasTest {
  private static final float UNTOUCHED = 77;
  private static final int GAP = 3;

  static {
    BlasKernel.choose();
  }

  private static float[] values(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "128, 500, 785, false, 0",
    "785, 500, 128, true, 0",
    "129, 97, 163, false, 1",
    "193, 130, 200, true, 1",
    "1, 1000, 1100, false, 0",
    "1100, 1, 1000, true, 1",
    "300, 17, 301, false, 1"
  })
  void ofSmall_anyShape_isTheProduct(int rows, int columns, int inner, boolean turnA, float keep) {
    int widthA = (turnA ? rows : inner) + GAP;
    int widthB = columns + GAP;
    int widthC = columns + GAP;
    float[] a = values((turnA ? inner : rows) * widthA, 1);
    float[] b = values(inner * widthB, 2);
    float[] before = values(rows * widthC, 3);
    for (int row = 0; row < rows; row++) {
      for (int gap = columns; gap < widthC; gap++) {
        before[row * widthC + gap] = UNTOUCHED;
      }
    }
    float[] after = new float[before.length];
    try (var first = new FloatPointer(a);
        var second = new FloatPointer(b);
        var target = new FloatPointer(before)) {
      Blas.ofSmall(
          rows, columns, inner, first, turnA, widthA, second, widthB, keep, target, widthC);
      target.get(after);
      assertThat(first.position() + second.position() + target.position()).isZero();
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = keep * before[row * widthC + column];
        for (int i = 0; i < inner; i++) {
          float one = turnA ? a[i * widthA + row] : a[row * widthA + i];
          sum += (double) one * b[i * widthB + column];
        }
        assertThat((double) after[row * widthC + column]).isCloseTo(sum, within(2e-5));
      }
      assertThat(after[row * widthC + columns]).isEqualTo(UNTOUCHED);
    }
  }
}
