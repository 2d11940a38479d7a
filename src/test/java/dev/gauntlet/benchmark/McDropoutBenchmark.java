package dev.gauntlet.benchmark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.base.NetworkSampler;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.engine.fused.FusedEngine;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Optional;
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
  private static final int IMAGES = 1024;

  private McDropoutBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Dataset dataset = TestData.clusters(FEATURES, 0.3, 1, ROWS / 2, ROWS - ROWS / 2);
    int[] all = Datasets.allRows(dataset);
    Preprocessor fitted = TestData.standardized(dataset, all);
    Rows rows = new Rows(dataset, all, fitted);
    TrainedModel model = trained(new Rows(dataset, Arrays.copyOf(all, 10_000), fitted));

    Time ours = sampled(model, rows);
    System.out.println("Layers before the first dropout once, masks of ours: " + ours);
    Time former = former(model, rows);
    System.out.println("DL4J's layers in training mode: " + former);
    System.out.printf("%.1f times faster%n", former.perRow() / ours.perRow());
    images();
  }

  /** The network of {@code mnist-cnn} with dropout between its convolutions. */
  private static void images() throws Exception {
    Dataset dataset = TestData.clusters(784, 0.3, 1, IMAGES / 2, IMAGES / 2);
    int[] all = Datasets.allRows(dataset);
    Rows rows = new Rows(dataset, all, TestData.standardized(dataset, all));
    var candidate =
        TestSpaces.candidate(
            784,
            2,
            "space.network={type: convolutional, image: 1x28x28, units: 128, blocks: [{filters: 32,"
                + " padding: valid, pooling: none, dropout: 0.25}, {filters: 64, padding: valid}]}",
            "space.training={batch-size: 128, epochs: 1}");
    var task =
        new TrainingTask(candidate, rows, rows, new double[] {1, 1}, predictions -> 0, new Seed(1));
    TrainedModel model = new FusedEngine().train(task);
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    double ours = secondsOfPass(model.sampler(rows));
    double former =
        secondsOfPass(NetworkSampler.of(network, rows, () -> null, layer -> Optional.empty()));
    System.out.printf(
        "Images: %.2f ms for one and a pass, %.2f by DL4J's layers: %.1f times faster%n",
        ours * 1000 / IMAGES, former * 1000 / IMAGES, former / ours);
  }

  /** Of the fastest of three. */
  private static double secondsOfPass(DropoutSampler sampler) {
    double best = Double.MAX_VALUE;
    for (int pass = 0; pass < 3; pass++) {
      long start = System.nanoTime();
      sampler.pass(new Seed(pass));
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  /**
   * What some passes took.
   *
   * @param seconds on the clock
   * @param cpu seconds of the thread, which other work on the machine changes less
   */
  private record Time(int passes, double seconds, double cpu) {
    static Time of(int passes, Passes work) throws IOException {
      ThreadMXBean thread = ManagementFactory.getThreadMXBean();
      long start = System.nanoTime();
      long before = thread.getCurrentThreadCpuTime();
      work.run();
      return new Time(
          passes,
          (System.nanoTime() - start) / 1e9,
          (thread.getCurrentThreadCpuTime() - before) / 1e9);
    }

    /** Nanoseconds of the thread for a row and pass. */
    double perRow() {
      return cpu / passes / ROWS * 1e9;
    }

    @Override
    public String toString() {
      return ("%d passes in %.2f s (%.2f s of the thread), so %d in %.1f s (%.1f s);"
              + " %.0f ns of the thread for a row and pass")
          .formatted(
              passes,
              seconds,
              cpu,
              PASSES,
              seconds / passes * PASSES,
              cpu / passes * PASSES,
              perRow());
    }
  }

  private interface Passes {
    void run() throws IOException;
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
  private static Time sampled(TrainedModel model, Rows rows) throws IOException {
    return Time.of(
        PASSES,
        () -> {
          DropoutSampler sampler = model.sampler(rows);
          for (int pass = 0; pass < PASSES; pass++) {
            sampler.pass(new Seed(pass));
          }
        });
  }

  private static Time former(TrainedModel model, Rows rows) throws IOException {
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    return Time.of(
        FORMER_PASSES,
        () -> {
          for (int from = 0; from < FORMER_PASSES * ROWS; from += FORMER_CHUNK) {
            formerChunk(network, rows, from);
          }
        });
  }

  private static void formerChunk(MultiLayerNetwork network, Rows rows, int from) {
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
  }
}
