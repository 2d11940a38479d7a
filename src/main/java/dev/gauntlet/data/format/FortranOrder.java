package dev.gauntlet.data.format;

/**
 * Where items that come first-dimension-fastest (Fortran order) belong in an array that is
 * last-dimension-fastest (C order).
 */
final class FortranOrder {
  private final int[] shape;
  private final int[] strides;
  private final int[] index;
  private int place;

  FortranOrder(int[] shape) {
    this.shape = shape;
    this.strides = new int[shape.length];
    this.index = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
  }

  /** The place of the next item; after the last one, 0 again. */
  int next() {
    int result = place;
    for (int d = 0; d < shape.length; d++) {
      place += strides[d];
      if (++index[d] < shape[d]) {
        break;
      }
      // Carry, as an odometer does.
      place -= strides[d] * shape[d];
      index[d] = 0;
    }
    return result;
  }
}
