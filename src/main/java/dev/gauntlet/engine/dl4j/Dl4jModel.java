package dev.gauntlet.engine.dl4j;

import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
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
    return output(network, rows);
  }

  static float[] output(MultiLayerNetwork network, Rows rows) {
    return forward(rows, features -> network.output(features, false));
  }

  @Override
  public DropoutSampler sampler(Rows rows) {
    SampledNetwork sampled = SampledNetwork.of(network);
    if (sampled.random().isEmpty()) {
      float[] predictions = predictions(rows);
      return seed -> predictions.clone();
    }
    return new Dl4jSampler(sampled, rows);
  }

  private static float[] forward(Rows rows, UnaryOperator<INDArray> pass) {
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
          INDArray output = pass.apply(features).dup('c')) {
        float[] chunk = predictions(output.data().asFloat(), size, outputs);
        System.arraycopy(chunk, 0, predictions, from * outputs, chunk.length);
      }
      NativeMemory.step();
    }
    return unscaled(predictions, rows);
  }

  /** One unit for two classes gives the probability of the second. */
  static float[] predictions(float[] output, int rows, int outputs) {
    if (outputs != 2 || output.length == 2 * rows) {
      return output;
    }
    float[] both = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      both[2 * i] = 1 - output[i];
      both[2 * i + 1] = output[i];
    }
    return both;
  }

  /** A network learns a number at mean 0 and standard deviation 1. */
  static float[] unscaled(float[] predictions, Rows rows) {
    float shift = rows.preprocessor().targetShift();
    float scale = rows.preprocessor().targetScale();
    for (int i = 0; rows.numbers() && i < predictions.length; i++) {
      predictions[i] = predictions[i] * scale + shift;
    }
    return predictions;
  }

  @Override
  public byte[] file() {
    // (x - shift) / scale of encoded inputs, whatever the kind of scaling was.
    var normalizer =
        new NormalizerStandardize(row(preprocessor.inputShift()), row(preprocessor.inputScale()));
    if (numbers) {
      normalizer.fitLabel(true);
      normalizer.setLabelStats(
          row(new float[] {preprocessor.targetShift()}),
          row(new float[] {preprocessor.targetScale()}));
    }
    try {
      // Through a file: writing model and normalizer to one stream closes it in between.
      Path file = Files.createTempFile("gauntlet", ".zip");
      try {
        ModelSerializer.writeModel(network, file.toFile(), true);
        ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static INDArray row(float[] values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }
}
