package dev.gauntlet.engine.dl4j;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows as DL4J trains on them. The caller closes the arrays.
 *
 * @param units of the output layer: classes, or 1 for a number or the second of two classes
 */
public record Batches(Rows rows, int units) {

  /** {@code size x features}. */
  public INDArray features(int[] order, int from, int size) {
    int width = rows.features();
    float[] values = new float[size * width];
    for (int i = 0; i < size; i++) {
      rows.copy(order[from + i], values, i * width);
    }
    return Nd4j.create(values, new long[] {size, width}, 'c');
  }

  /** {@code size x units}: classes one-hot, the second of two as 1, a number scaled. */
  public INDArray labels(int[] order, int from, int size) {
    float[] values = new float[size * units];
    for (int i = 0; i < size; i++) {
      int row = order[from + i];
      if (rows.numbers()) {
        Preprocessor fitted = rows.preprocessor();
        values[i] = (rows.number(row) - fitted.targetShift()) / fitted.targetScale();
      } else if (units == 1) {
        values[i] = rows.label(row);
      } else {
        values[i * units + rows.label(row)] = 1;
      }
    }
    return Nd4j.create(values, new long[] {size, units}, 'c');
  }
}
