package dev.gauntlet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Split;
import dev.gauntlet.data.TestData;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of a step over two convolutions, with pooling between them, beside central
 * differences of a loss that plain loops compute in 64 bits, without a line of the engine.
 */
class ConvolutionGradientTest {
  private static final int CHANNELS = 2;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 5;
  private static final int FEATURES = CHANNELS * HEIGHT * WIDTH;
  private static final int[] FILTERS = {3, 4};
  private static final int CLASSES = 3;
  private static final double STEP = 1e-5;

  /** A network with weights in DL4J's order, read one after the other; tanh everywhere. */
  private static final class Reference {
    private final double[] parameters;
    private final int kernel;
    private final boolean same;
    private final String pooling;
    private int at;

    Reference(double[] parameters, int kernel, boolean same, String pooling) {
      this.parameters = parameters;
      this.kernel = kernel;
      this.same = same;
      this.pooling = pooling;
    }

    /** Of images as channels, lines, columns. */
    double loss(double[][][][] images, int[] classes) {
      double sum = 0;
      for (int row = 0; row < images.length; row++) {
        at = 0;
        double[][][] maps = pool(convolution(images[row], FILTERS[0]));
        maps = convolution(maps, FILTERS[1]);
        double[] logits = dense(maps);
        double most = 0;
        for (double logit : logits) {
          most += Math.exp(logit);
        }
        sum += Math.log(most) - logits[classes[row]];
      }
      return sum / images.length;
    }

    private double[][][] convolution(double[][][] in, int filters) {
      int before = same ? (kernel - 1) / 2 : 0;
      int shrunk = same ? 0 : kernel - 1;
      double[][][] out = new double[filters][in[0].length - shrunk][in[0][0].length - shrunk];
      int biases = at;
      at += filters;
      for (int filter = 0; filter < filters; filter++) {
        for (double[][] channel : in) {
          for (int k = 0; k < kernel * kernel; k++) {
            double weight = parameters[at++];
            for (int y = 0; y < out[0].length; y++) {
              for (int x = 0; x < out[0][0].length; x++) {
                int line = y + k / kernel - before;
                int column = x + k % kernel - before;
                if (line >= 0
                    && line < channel.length
                    && column >= 0
                    && column < channel[0].length) {
                  out[filter][y][x] += weight * channel[line][column];
                }
              }
            }
          }
        }
        for (double[] line : out[filter]) {
          for (int x = 0; x < line.length; x++) {
            line[x] = Math.tanh(line[x] + parameters[biases + filter]);
          }
        }
      }
      return out;
    }

    private double[][][] pool(double[][][] in) {
      if (pooling.equals("none")) {
        return in;
      }
      double[][][] out = new double[in.length][in[0].length / 2][in[0][0].length / 2];
      for (int channel = 0; channel < out.length; channel++) {
        for (int y = 0; y < out[0].length; y++) {
          for (int x = 0; x < out[0][0].length; x++) {
            double[] top = in[channel][2 * y];
            double[] bottom = in[channel][2 * y + 1];
            double most =
                Math.max(
                    Math.max(top[2 * x], top[2 * x + 1]),
                    Math.max(bottom[2 * x], bottom[2 * x + 1]));
            double sum = top[2 * x] + top[2 * x + 1] + bottom[2 * x] + bottom[2 * x + 1];
            out[channel][y][x] = pooling.equals("max") ? most : sum / 4;
          }
        }
      }
      return out;
    }

    private double[] dense(double[][][] maps) {
      double[] out = new double[CLASSES];
      for (int unit = 0; unit < CLASSES; unit++) {
        for (double[][] channel : maps) {
          for (double[] line : channel) {
            for (double value : line) {
              out[unit] += parameters[at++] * value;
            }
          }
        }
      }
      for (int unit = 0; unit < CLASSES; unit++) {
        out[unit] += parameters[at++];
      }
      return out;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, same, none, 9",
    "3, same, max, 9",
    "3, same, average, 9",
    "2, same, max, 9",
    "2, valid, average, 9",
    "3, valid, none, 9",
    "1, valid, max, 9",
    "4, same, none, 1"
  })
  void step_gradient_isThatOfCentralDifferences(
      int kernel, String padding, String pooling, int images) throws Exception {
    Dataset dataset = TestData.clusters(FEATURES, 1, 11, images, images, images);
    Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
    Rows rows = new Rows(dataset, Datasets.allRows(dataset), fitted);
    var task =
        new TrainingTask(
            TestSpaces.candidate(
                FEATURES,
                CLASSES,
                "space.network={type: convolutional, image: %dx%dx%d, head-layers: 0, blocks: [%s, %s], activation: tanh}"
                    .formatted(
                        CHANNELS,
                        HEIGHT,
                        WIDTH,
                        block(FILTERS[0], kernel, padding, pooling),
                        block(FILTERS[1], kernel, padding, "none")),
                "space.optimizer={type: nesterov, learning-rate: 1, momentum: 0.5}",
                "space.training={batch-size: 1000, epochs: 1}"),
            rows,
            new Rows(dataset, new int[0], fitted),
            new double[] {1, 1, 1},
            predictions -> 0,
            new Seed(4));
    MultiLayerNetwork initial = Networks.initialised(task);
    double[] parameters = initial.params().dup('c').data().asDouble();

    var model = new FusedEngine().train(task);

    int[] order = IntStream.range(0, rows.size()).toArray();
    Split.shuffle(order, 0, rows.size(), task.seed().derive("epoch", 1).random());
    double[][][][] features = new double[rows.size()][][][];
    int[] classes = new int[rows.size()];
    for (int place = 0; place < rows.size(); place++) {
      features[place] = image(rows, order[place]);
      classes[place] = rows.label(order[place]);
    }
    boolean same = padding.equals("same");
    double expected = new Reference(parameters, kernel, same, pooling).loss(features, classes);
    assertThat(model.curve().losses().get(0)).isCloseTo(expected, within(1e-6));
    // The first step of momentum has the gradient as its state, but for the sign.
    MultiLayerNetwork trained =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    double[] state = trained.getUpdater().getStateViewArray().dup('c').data().asDouble();
    assertThat(state).hasSameSizeAs(parameters);
    for (int i = 0; i < parameters.length; i++) {
      double[] moved = parameters.clone();
      moved[i] += STEP;
      double above = new Reference(moved, kernel, same, pooling).loss(features, classes);
      moved[i] -= 2 * STEP;
      double below = new Reference(moved, kernel, same, pooling).loss(features, classes);
      double slope = (above - below) / (2 * STEP);
      assertThat(-state[i]).as("parameter " + i).isCloseTo(slope, within(1e-6));
    }
  }

  private static String block(int filters, int kernel, String padding, String pooling) {
    return "{filters: %d, kernel: %d, padding: %s, pooling: %s}"
        .formatted(filters, kernel, padding, pooling);
  }

  private static double[][][] image(Rows rows, int row) {
    float[] values = new float[FEATURES];
    rows.copy(row, values, 0);
    double[][][] image = new double[CHANNELS][HEIGHT][WIDTH];
    for (int i = 0; i < FEATURES; i++) {
      image[i / (HEIGHT * WIDTH)][i / WIDTH % HEIGHT][i % WIDTH] = values[i];
    }
    return image;
  }
}
