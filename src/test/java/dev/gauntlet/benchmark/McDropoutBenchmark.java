package dev.gauntlet.benchmark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Time of 100 passes of Monte Carlo dropout over 114,621 x 92 synthetic rows, on one thread: five
 * layers of 50 sigmoid units, each with dropout 0.5, and one sigmoid output. Beside it the former
 * way, DL4J's own layers in training mode, for a few passes. The target is 20 seconds. Nothing is
 * asserted.
 */
public final class McDropoutBenchmark {
  private static final int ROWS = 114_621;
  private static final int FEATURES = 92;
  private static final int PASSES = 100;
  private static final int FORMER_PASSES = 3;
  private static final int FORMER_CHUNK = 1024;

  private McDropoutBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Dataset dataset = TestData.clusters(FEATURES, 0.3, 1, ROWS / 2, ROWS - ROWS / 2);
    int[] all = Datasets.allRows(dataset);
    Preprocessor fitted = TestData.standardized(dataset, all);
    Rows rows = new Rows(dataset, all, fitted);
    TrainedModel model = trained(new Rows(dataset, Arrays.copyOf(all, 10_000), fitted));

    double seconds = sampled(model, rows, PASSES);
    report("Layers before the first dropout once, masks of ours", seconds, PASSES);
    double former = former(model, rows);
    report("DL4J's layers in training mode", former, FORMER_PASSES);
    System.out.printf("%.1f times faster%n", former / FORMER_PASSES / (seconds / PASSES));
  }

  private static void report(String name, double seconds, int passes) {
    double perPass = seconds / passes;
    System.out.printf(
        "%-52s %6.2f s for %3d passes, %6.1f s for %d, %5.0f ns for a row and pass%n",
        name, seconds, passes, perPass * PASSES, PASSES, perPass / ROWS * 1e9);
  }

  private static TrainedModel trained(Rows rows) throws Exception {
    var candidate =
        TestSpaces.candidate(
            FEATURES,
            2,
            "space.network={type: dense, layers: 5, units: 50, activation: sigmoid, dropout: 0.5}",
            "space.training={batch-size: 128, epochs: 1}");
    var task =
        new TrainingTask(candidate, rows, rows, new double[] {1, 1}, predictions -> 0, new Seed(1));
    return new Dl4jEngine().train(task);
  }

  /** Includes the layers before the first dropout. */
  private static double sampled(TrainedModel model, Rows rows, int passes) {
    long start = System.nanoTime();
    DropoutSampler sampler = model.sampler(rows);
    float sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sampler.pass(new Seed(pass))[0];
    }
    return seconds(start, sum);
  }

  private static double former(TrainedModel model, Rows rows) throws IOException {
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    long start = System.nanoTime();
    float sum = 0;
    for (int from = 0; from < FORMER_PASSES * ROWS; from += FORMER_CHUNK) {
      float[] values = new float[FORMER_CHUNK * FEATURES];
      for (int i = 0; i < FORMER_CHUNK; i++) {
        rows.copy((from + i) % ROWS, values, i * FEATURES);
      }
      INDArray activations = Nd4j.create(values, new long[] {FORMER_CHUNK, FEATURES}, 'c');
      for (int i = 0; i < network.getnLayers(); i++) {
        activations =
            network.getLayer(i).activate(activations, true, LayerWorkspaceMgr.noWorkspaces());
      }
      network.clear();
      sum += activations.getFloat(0);
    }
    return seconds(start, sum);
  }

  /** So that nothing is optimised away. */
  private static double seconds(long start, float sum) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return Float.isNaN(sum) ? Double.NaN : seconds;
  }
}
