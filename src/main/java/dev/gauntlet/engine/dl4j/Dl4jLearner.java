package dev.gauntlet.engine.dl4j;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.NativeMemory;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.train.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@code MultiLayerNetwork} that is being trained.
 *
 * @param batches of the task's training rows
 */
record Dl4jLearner(MultiLayerNetwork network, Batches batches, TrainingTask task)
    implements Learner {

  @Override
  public void begin(int epoch) {
    // Learning rates follow it; fit(features, labels) does not count epochs.
    network.setEpochCount(epoch - 1);
    Networks.seedDropout(task.seed(), epoch);
  }

  @Override
  public double step(int[] order, int from, int size) {
    try (INDArray features = batches.features(order, from, size);
        INDArray labels = batches.labels(order, from, size)) {
      network.fit(features, labels);
    }
    NativeMemory.step();
    return network.score();
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
