package dev.gauntlet.engine.base;

import dev.gauntlet.data.Preprocessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** What plain DL4J loads: a network, its updater, and the scaling of encoded inputs. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * The bytes of a ZIP file.
   *
   * @param numbers whether a number is predicted, and not a class
   */
  public static byte[] of(MultiLayerNetwork network, Preprocessor preprocessor, boolean numbers) {
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
        return StableZip.of(file);
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
