package dev.gauntlet.engine.dl4j;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.ModelFile;
import dev.gauntlet.engine.base.NativeMemory;
import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.NetworkSampler;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Predictions;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A trained {@code MultiLayerNetwork}. */
record Dl4jModel(
    MultiLayerNetwork network,
    Preprocessor preprocessor,
    boolean numbers,
    LearningCurve curve,
    byte[] checkpoint)
    implements TrainedModel {
  /** Bounds the memory of a forward pass. */
  private static final int CHUNK = 1024;

  @Override
  public float[] predictions(Rows rows) {
    NativeThreads.one();
    return predictions(network, rows);
  }

  static float[] predictions(MultiLayerNetwork network, Rows rows) {
    int width = rows.features();
    int outputs = rows.outputs();
    float[] predictions = new float[rows.size() * outputs];
    for (int from = 0; from < rows.size(); from += CHUNK) {
      int size = Math.min(CHUNK, rows.size() - from);
      float[] values = new float[size * width];
      for (int i = 0; i < size; i++) {
        rows.copy(from + i, values, i * width);
      }
      try (INDArray features = Nd4j.create(values, new long[] {size, width}, 'c');
          INDArray output = network.output(features, false).dup('c')) {
        float[] chunk = Predictions.of(output.data().asFloat(), size, outputs);
        System.arraycopy(chunk, 0, predictions, from * outputs, chunk.length);
      }
      NativeMemory.step();
    }
    return Predictions.unscaled(predictions, rows);
  }

  @Override
  public DropoutSampler sampler(Rows rows) {
    return NetworkSampler.of(network, rows, () -> predictions(rows), layer -> Optional.empty());
  }

  @Override
  public byte[] file() {
    return ModelFile.of(network, preprocessor, numbers);
  }

  @Override
  public void close() {
    Networks.close(network);
  }
}
