package dev.gauntlet.engine.dl4j;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The training rows of an epoch, shuffled, in batches; the last one may be smaller. */
final class Batches {
  private final Rows rows;
  private final int units;
  private final int batchSize;
  private final Seed seed;
  private final int[] order;

  /**
   * @param units of the output layer: classes, or 1 for a number or the second of two classes
   */
  Batches(Rows rows, int units, int batchSize, Seed seed) {
    this.rows = rows;
    this.units = units;
    this.batchSize = batchSize;
    this.seed = seed;
    this.order = new int[rows.size()];
  }

  /** The order of an epoch is a function of seed and epoch, not of the epochs before. */
  void shuffle(int epoch) {
    java.util.Arrays.setAll(order, i -> i);
    Split.shuffle(order, 0, order.length, seed.derive("epoch", epoch).random());
  }

  int rows() {
    return order.length;
  }

  int count() {
    return (order.length + batchSize - 1) / batchSize;
  }

  int size(int batch) {
    return Math.min(batchSize, order.length - batch * batchSize);
  }

  /** {@code size x features}. */
  INDArray features(int batch) {
    int width = rows.features();
    float[] values = new float[size(batch) * width];
    for (int i = 0; i < size(batch); i++) {
      rows.copy(order[batch * batchSize + i], values, i * width);
    }
    return Nd4j.create(values, new long[] {size(batch), width}, 'c');
  }

  /** {@code size x units}: classes one-hot, the second of two as 1, a number scaled. */
  INDArray labels(int batch) {
    float[] values = new float[size(batch) * units];
    for (int i = 0; i < size(batch); i++) {
      int row = order[batch * batchSize + i];
      if (rows.numbers()) {
        Preprocessor fitted = rows.preprocessor();
        values[i] = (rows.number(row) - fitted.targetShift()) / fitted.targetScale();
      } else if (units == 1) {
        values[i] = rows.label(row);
      } else {
        values[i * units + rows.label(row)] = 1;
      }
    }
    return Nd4j.create(values, new long[] {size(batch), units}, 'c');
  }
}
