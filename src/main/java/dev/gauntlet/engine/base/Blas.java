package dev.gauntlet.engine.base;

import dev.gauntlet.natives.BlasKernel;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products of matrices whose rows lie one after the other.
 *
 * <p>OpenBLAS copies what it multiplies, so that it reads it in order. Its kernels for AVX-512 do
 * not where a product has at most a million multiplications, and those are up to half as fast again
 * as large ones. So large ones are made of small ones there.
 */
public final class Blas {
  private static final int SMALL = 1_000_000;
  private static final boolean MADE_OF_SMALL =
      BlasKernel.loaded().filter("SkylakeX"::equalsIgnoreCase).isPresent();

  /** Sides of blocks that were fastest, of those tried from 16 to 240. */
  private static final int LONG = 128;

  private static final int MIDDLE = 96;
  private static final int SHORT = 64;

  private Blas() {}

  /** Rows that are best multiplied together where there is something else to do with them too. */
  public static int rows(int inner, int columns) {
    return MADE_OF_SMALL
        ? (int) Math.max(SHORT, SMALL / ((long) inner * columns))
        : Integer.MAX_VALUE / 2;
  }

  /**
   * {@code c = a b + keep c}, where {@code c} is {@code rows x columns} and {@code inner} numbers
   * are added up for each of its own.
   *
   * @param turnA whether {@code a} lies there as {@code inner x rows}
   * @param widthA numbers from the start of a row of {@code a}, as it lies, to that of the next
   * @param turnB whether {@code b} lies there as {@code columns x inner}
   */
  public static void product(
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      boolean turnA,
      int widthA,
      FloatPointer b,
      boolean turnB,
      int widthB,
      float keep,
      FloatPointer c,
      int widthC) {
    // With the second one turned, small ones are slower.
    if (!MADE_OF_SMALL || turnB || (long) rows * columns * inner <= SMALL) {
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          turnA ? openblas.CblasTrans : openblas.CblasNoTrans,
          turnB ? openblas.CblasTrans : openblas.CblasNoTrans,
          rows,
          columns,
          inner,
          1,
          a,
          widthA,
          b,
          widthB,
          keep,
          c,
          widthC);
    } else {
      ofSmall(rows, columns, inner, a, turnA, widthA, b, widthB, keep, c, widthC);
    }
  }

  /** As {@link #product} of a second matrix that is not turned, whatever the kernels are. */
  static void ofSmall(
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      boolean turnA,
      int widthA,
      FloatPointer b,
      int widthB,
      float keep,
      FloatPointer c,
      int widthC) {
    int height = even(rows, turnA ? MIDDLE : LONG);
    int width = even(columns, turnA ? SHORT : MIDDLE);
    int depth = SMALL / (height * width);
    final long startA = a.position();
    final long startB = b.position();
    final long startC = c.position();
    for (int column = 0; column < columns; column += width) {
      for (int from = 0; from < inner; from += depth) {
        int length = Math.min(depth, inner - from);
        b.position(startB + (long) from * widthB + column);
        for (int row = 0; row < rows; row += height) {
          a.position(startA + (turnA ? (long) from * widthA + row : (long) row * widthA + from));
          c.position(startC + (long) row * widthC + column);
          product(
              Math.min(height, rows - row),
              Math.min(width, columns - column),
              length,
              a,
              turnA,
              widthA,
              b,
              false,
              widthB,
              from == 0 ? keep : 1,
              c,
              widthC);
        }
      }
    }
    a.position(startA);
    b.position(startB);
    c.position(startC);
  }

  /** The side of equal blocks, a multiple of 16 but for the last. */
  private static int even(int side, int most) {
    int count = (side + most - 1) / most;
    return Math.min(most, ((side + count - 1) / count + 15) / 16 * 16);
  }
}
