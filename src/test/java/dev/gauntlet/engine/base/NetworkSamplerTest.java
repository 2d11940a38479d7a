package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.DropoutSampler;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Passes beside plain loops, and beside DL4J's own layers in training mode. */
class NetworkSamplerTest {
  private static final int FEATURES = 6;
  private static final String SIGMOID =
      "{type: dense, units: [7, 5, 4], activation: sigmoid, dropout: 0.3}";

  private final Dataset dataset = TestData.clusters(FEATURES, 1, 11, 300, 300);
  private final Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
  private final Rows rows = new Rows(dataset, Datasets.allRows(dataset), fitted);

  private MultiLayerNetwork trained(String network) throws Exception {
    var task =
        new TrainingTask(
            TestSpaces.candidate(
                FEATURES, 2, "space.network=" + network, "space.training.epochs=2"),
            rows,
            rows,
            new double[] {1, 1},
            predictions -> 0,
            new Seed(1));
    byte[] file = new Dl4jEngine().train(task).file();
    return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file));
  }

  private DropoutSampler sampler(MultiLayerNetwork network, int tile, long bound) {
    return new NetworkSampler(
        SampledNetwork.of(network, layer -> Optional.empty()), rows, tile, bound);
  }

  private DropoutSampler sampler(MultiLayerNetwork network) {
    return new NetworkSampler(SampledNetwork.of(network, layer -> Optional.empty()), rows);
  }

  /** In 64 bits, with the masks of {@link DropoutStep}. */
  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "tanh", "relu"})
  void pass_dense_isThatOfPlainLoops(String activation) throws Exception {
    MultiLayerNetwork network = trained(SIGMOID.replace("sigmoid", activation));
    Seed seed = new Seed(5);
    double[] values = new double[rows.size() * FEATURES];
    for (int row = 0; row < rows.size(); row++) {
      float[] one = new float[FEATURES];
      rows.copy(row, one, 0);
      for (int i = 0; i < FEATURES; i++) {
        values[row * FEATURES + i] = one[i];
      }
    }
    for (int layer = 0; layer < 4; layer++) {
      int units = values.length / rows.size();
      if (layer > 0) {
        float[] mask = new DropoutStep(layer, 0.7).mask(seed, 0, rows.size(), units);
        for (int i = 0; i < values.length; i++) {
          values[i] *= mask[i];
        }
      }
      values = dense(network, layer, values, layer < 3 ? activation : "sigmoid");
    }

    float[] pass = sampler(network).pass(seed);

    for (int row = 0; row < rows.size(); row++) {
      assertThat(pass[2 * row + 1]).isCloseTo((float) values[row], within(1e-6f));
      assertThat(pass[2 * row]).isEqualTo(1 - pass[2 * row + 1]);
    }
  }

  private double[] dense(MultiLayerNetwork network, int layer, double[] in, String activation) {
    INDArray weights = network.getLayer(layer).getParam("W");
    INDArray bias = network.getLayer(layer).getParam("b");
    int inputs = (int) weights.size(0);
    int units = (int) weights.size(1);
    double[] out = new double[rows.size() * units];
    for (int row = 0; row < rows.size(); row++) {
      for (int unit = 0; unit < units; unit++) {
        double sum = bias.getDouble(unit);
        for (int i = 0; i < inputs; i++) {
          sum += weights.getDouble(i, unit) * in[row * inputs + i];
        }
        out[row * units + unit] =
            switch (activation) {
              case "sigmoid" -> 1 / (1 + Math.exp(-sum));
              case "tanh" -> Math.tanh(sum);
              default -> Math.max(0, sum);
            };
      }
    }
    return out;
  }

  /** Mean and standard deviation over passes, row by row, within five standard errors. */
  @Test
  void pass_manyPasses_areDistributedAsDl4jsOwn() throws Exception {
    MultiLayerNetwork network = trained(SIGMOID);
    int passes = 3000;
    int few = 12;
    int[] index = new int[few];
    for (int i = 0; i < few; i++) {
      index[i] = 50 * i;
    }
    var scored = new Rows(dataset, index, fitted);
    var sampler =
        new NetworkSampler(
            SampledNetwork.of(network, layer -> Optional.empty()),
            scored,
            DropoutStep.BLOCK,
            NetworkSampler.KEPT);
    SummaryStatistics[] ours = statistics(few);
    SummaryStatistics[] dl4js = statistics(few);
    Nd4j.getRandom().setSeed(1);

    for (int pass = 0; pass < passes; pass++) {
      float[] sampled = sampler.pass(new Seed(pass));
      float[] own = dl4jsPass(network, scored);
      for (int row = 0; row < few; row++) {
        ours[row].addValue(sampled[2 * row + 1]);
        dl4js[row].addValue(own[row]);
      }
    }

    for (int row = 0; row < few; row++) {
      double deviation = dl4js[row].getStandardDeviation();
      double error = deviation * Math.sqrt(2.0 / passes);
      assertThat(deviation).isGreaterThan(1e-3);
      assertThat(ours[row].getMean()).isCloseTo(dl4js[row].getMean(), within(5 * error));
      // The standard error of a deviation, for tails up to those of an exponential distribution.
      assertThat(ours[row].getStandardDeviation())
          .isCloseTo(deviation, within(5 * error * Math.sqrt(2)));
    }
  }

  private static SummaryStatistics[] statistics(int count) {
    SummaryStatistics[] statistics = new SummaryStatistics[count];
    java.util.Arrays.setAll(statistics, i -> new SummaryStatistics());
    return statistics;
  }

  private static float[] dl4jsPass(MultiLayerNetwork network, Rows rows) {
    float[] values = new float[rows.size() * FEATURES];
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, values, i * FEATURES);
    }
    INDArray activations = Nd4j.create(values, new long[] {rows.size(), FEATURES}, 'c');
    for (int i = 0; i < network.getnLayers(); i++) {
      activations =
          network.getLayer(i).activate(activations, true, LayerWorkspaceMgr.noWorkspaces());
    }
    network.clear();
    return activations.dup('c').data().asFloat();
  }

  /** BLAS gives a row other last bits in tiles of another size; the masks are the same. */
  @Test
  void pass_inOtherTiles_isTheSameButForRounding() throws Exception {
    MultiLayerNetwork network = trained(SIGMOID);
    float[] pass = sampler(network).pass(new Seed(5));

    for (int tile : new int[] {64, 256, 1024}) {
      assertThat(sampler(network, tile, NetworkSampler.KEPT).pass(new Seed(5)))
          .containsExactly(pass, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIGMOID,
        "{type: dense, units: [7, 5], batch-norm: before, dropout: 0.3}",
        "{type: dense, units: 6, layers: 2, input-dropout: 0.2, dropout: 0.3}",
        "{type: dense, units: 6, layers: 2, dropout: 0.3, dropout-type: gaussian}",
        "{type: convolutional, image: 1x2x3, blocks: [{filters: 2, kernel: 2, dropout: 0.3}]}",
      })
  void pass_withNothingKept_givesTheSameBits(String network) throws Exception {
    MultiLayerNetwork trained = trained(network);
    DropoutSampler keeping = sampler(trained);
    DropoutSampler recomputing =
        sampler(trained, SampledNetwork.of(trained, layer -> Optional.empty()).tile(), 0);

    for (int pass = 0; pass < 3; pass++) {
      float[] kept = keeping.pass(new Seed(pass));
      assertThat(recomputing.pass(new Seed(pass))).isEqualTo(kept);
    }
    assertThat(keeping.pass(new Seed(0))).isNotEqualTo(keeping.pass(new Seed(1)));
  }

  /** What no search of ours has, but a file of Arbiter's may. */
  @Test
  void of_otherLayers_leavesThemToDl4j() {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .list(
                new DenseLayer.Builder().nIn(FEATURES).nOut(4).build(),
                new DropoutLayer.Builder(new Dropout(0.5)).build(),
                new DenseLayer.Builder().nIn(4).nOut(4).hasLayerNorm(true).build(),
                new DropoutLayer.Builder(new AlphaDropout(0.5)).build(),
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nIn(4)
                    .nOut(2)
                    .build())
            .build();
    var network = new MultiLayerNetwork(configuration);
    network.init();

    SampledNetwork sampled = SampledNetwork.of(network, layer -> Optional.empty());

    assertThat(sampled.fixed()).hasSize(1);
    assertThat(sampled.random()).hasSize(4);
    assertThat(sampled.random().get(0)).isInstanceOf(DropoutStep.class);
    assertThat(sampled.random().get(1)).isInstanceOf(LayerStep.class);
    assertThat(sampled.random().get(3)).isInstanceOf(DenseStep.class);
    DropoutSampler sampler = sampler(network);
    assertThat(sampler.pass(new Seed(1))).isEqualTo(sampler.pass(new Seed(1)));
    assertThat(sampler.pass(new Seed(1))).isNotEqualTo(sampler.pass(new Seed(2)));
  }
}
