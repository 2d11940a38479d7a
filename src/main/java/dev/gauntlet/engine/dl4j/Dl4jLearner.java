package dev.gauntlet.engine.dl4j;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.NativeMemory;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.train.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@code MultiLayerNetwork} that is being trained.
 *
 * @param units of the output layer: classes, or 1 for a number or the second of two classes
 */
record Dl4jLearner(MultiLayerNetwork network, int units, TrainingTask task) implements Learner {

  @Override
  public void begin(int epoch) {
    // Learning rates follow it; fit(features, labels) does not count epochs.
    network.setEpochCount(epoch - 1);
    // The generator is the thread's own, and dropout draws from it: each epoch has its own seed.
    Nd4j.getRandom().setSeed(task.seed().derive("dropout", epoch).value());
  }

  @Override
  public double step(int[] order, int from, int size) {
    try (INDArray features = features(order, from, size);
        INDArray labels = labels(order, from, size)) {
      network.fit(features, labels);
    }
    NativeMemory.step();
    return network.score();
  }

  /** {@code size x features}. */
  private INDArray features(int[] order, int from, int size) {
    int width = task.training().features();
    float[] values = new float[size * width];
    for (int i = 0; i < size; i++) {
      task.training().copy(order[from + i], values, i * width);
    }
    return Nd4j.create(values, new long[] {size, width}, 'c');
  }

  /** {@code size x units}: classes one-hot, the second of two as 1, a number scaled. */
  private INDArray labels(int[] order, int from, int size) {
    Rows rows = task.training();
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

  @Override
  public float[] predictions(Rows rows) {
    return Dl4jModel.predictions(network, rows);
  }

  @Override
  public int steps() {
    return network.getIterationCount();
  }

  @Override
  public Weights weights() {
    return Networks.weights(network);
  }

  @Override
  public void restore(Weights weights, int steps) {
    network.setIterationCount(steps);
    Networks.setWeights(network, weights);
  }
}
