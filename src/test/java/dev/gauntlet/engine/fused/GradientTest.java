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
import dev.gauntlet.engine.base.DropoutMask;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.search.TestSpaces;
import dev.gauntlet.train.TrainingTask;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of a step beside central differences of a loss that plain loops compute in 64 bits,
 * without a line of the engine.
 */
class GradientTest {
  private static final int FEATURES = 4;
  private static final int ROWS = 40;
  private static final int[] UNITS = {10, 6};
  private static final double STEP = 1e-5;

  /** Of a sigmoid, from 0 to 1. */
  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double activation(String name, double x) {
    return switch (name) {
      case "relu" -> Math.max(0, x);
      case "leaky-relu" -> x > 0 ? x : 0.01 * x;
      case "elu" -> x > 0 ? x : Math.expm1(x);
      case "selu" -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
      case "gelu" -> x * sigmoid(1.702 * x);
      case "swish" -> x * sigmoid(x);
      case "softplus" -> Math.log1p(Math.exp(x));
      case "tanh" -> Math.tanh(x);
      case "sigmoid" -> sigmoid(x);
      case "softsign" -> x / (1 + Math.abs(x));
      default -> x;
    };
  }

  /** A network with weights in DL4J's order, read one after the other. */
  private static final class Reference {
    private final double[] parameters;
    private final String activation;
    private final String batchNorm;
    private final double l1;
    private final double l2;
    private final float[][] masks;
    private int at;
    private int layer;
    private double penalty;

    Reference(
        double[] parameters,
        String activation,
        String batchNorm,
        double l1,
        double l2,
        float[][] masks) {
      this.parameters = parameters;
      this.activation = activation;
      this.batchNorm = batchNorm;
      this.l1 = l1;
      this.l2 = l2;
      this.masks = masks;
    }

    double[][] logits(double[][] rows, int outputs) {
      double[][] values = rows;
      for (int units : UNITS) {
        values = dense(values, units);
        if (batchNorm.equals("before")) {
          normalize(values);
        }
        activate(values);
        if (batchNorm.equals("after")) {
          normalize(values);
        }
      }
      return dense(values, outputs);
    }

    private void activate(double[][] values) {
      for (double[] row : values) {
        Arrays.setAll(row, i -> activation(activation, row[i]));
      }
    }

    private double[][] dense(double[][] in, int units) {
      int inputs = in[0].length;
      float[] mask = masks[layer++];
      double[][] out = new double[in.length][units];
      for (int unit = 0; unit < units; unit++) {
        for (int i = 0; i < inputs; i++) {
          double weight = parameters[at++];
          penalty += l1 * Math.abs(weight) + 0.5 * l2 * weight * weight;
          for (int row = 0; row < in.length; row++) {
            double kept = mask == null ? 1 : mask[row * (inputs + 1) + i];
            out[row][unit] += weight * kept * in[row][i];
          }
        }
      }
      for (int unit = 0; unit < units; unit++) {
        double bias = parameters[at++];
        for (double[] row : out) {
          row[unit] += bias;
        }
      }
      return out;
    }

    private void normalize(double[][] values) {
      int units = values[0].length;
      for (int unit = 0; unit < units; unit++) {
        int column = unit;
        double mean = Arrays.stream(values).mapToDouble(row -> row[column]).average().orElseThrow();
        double variance =
            Arrays.stream(values)
                .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                .average()
                .orElseThrow();
        for (double[] row : values) {
          double normal = (row[column] - mean) / Math.sqrt(variance + 1e-5);
          row[column] = normal * parameters[at + unit] + parameters[at + units + unit];
        }
      }
      at += 4 * units;
    }

    double loss(double[][] rows, double[] targets, String loss, double[] weights) {
      double[][] logits = logits(rows, loss.equals("categorical") ? 3 : 1);
      double sum = 0;
      for (int row = 0; row < rows.length; row++) {
        double[] z = logits[row];
        double y = targets[row];
        switch (loss) {
          case "categorical" -> {
            double log = Math.log(Arrays.stream(z).map(Math::exp).sum());
            sum += weights[(int) y] * (log - z[(int) y]);
          }
          case "binary" -> sum += weights[(int) y] * (Math.log1p(Math.exp(z[0])) - y * z[0]);
          case "mse" -> sum += (z[0] - y) * (z[0] - y);
          default -> sum += Math.abs(z[0] - y);
        }
      }
      return sum / rows.length + penalty;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "relu, categorical, none, 0, 0",
    "leaky-relu, categorical, none, 0, 0",
    "elu, categorical, none, 0, 0",
    "selu, categorical, none, 0, 0",
    "gelu, categorical, none, 0, 0",
    "swish, categorical, none, 0, 0",
    "softplus, categorical, none, 0, 0",
    "tanh, categorical, none, 0, 0",
    "sigmoid, categorical, none, 0, 0",
    "softsign, categorical, none, 0, 0",
    "identity, categorical, none, 0, 0",
    "tanh, binary, none, 0, 0",
    "tanh, mse, none, 0, 0",
    "tanh, mae, none, 0, 0",
    "tanh, binary, none, 0.01, 0",
    "tanh, binary, none, 0, 0.02",
    "tanh, binary, none, 0.01, 0.02",
    "tanh, binary, after, 0, 0.02",
    "softsign, categorical, before, 0, 0",
    "tanh, categorical, dropout, 0, 0",
    "softplus, binary, dropout, 0, 0.01"
  })
  void step_gradient_isThatOfCentralDifferences(
      String activation, String loss, String batchNorm, double l1, double l2) throws Exception {
    boolean numbers = loss.startsWith("m");
    Dataset dataset =
        numbers
            ? TestData.line(FEATURES, 3, ROWS)
            : loss.equals("binary")
                ? TestData.clusters(FEATURES, 1, 11, 25, 15)
                : TestData.clusters(FEATURES, 1, 11, 20, 12, 8);
    Preprocessor fitted = TestData.standardized(dataset, Datasets.allRows(dataset));
    Rows rows = new Rows(dataset, Datasets.allRows(dataset), fitted);
    double[] weights = {0.5, 2, 1};
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "space.network={type: dense, units: [10, 6], activation: %s, %s, l1: %s, l2: %s}"
                    .formatted(
                        activation,
                        batchNorm.equals("dropout") ? "dropout: 0.4" : "batch-norm: " + batchNorm,
                        l1,
                        l2),
                "space.optimizer={type: nesterov, learning-rate: 1, momentum: 0.5}",
                "space.training={batch-size: 1000, epochs: 1%s}"
                    .formatted(loss.equals("mae") ? ", loss: mae" : "")));
    if (numbers) {
      overrides.add("task=regression");
    }
    var task =
        new TrainingTask(
            TestSpaces.candidate(FEATURES, dataset.outputs(), overrides.toArray(String[]::new)),
            rows,
            new Rows(dataset, new int[0], fitted),
            numbers ? new double[0] : Arrays.copyOf(weights, dataset.outputs()),
            predictions -> 0,
            new Seed(4));
    MultiLayerNetwork initial = Networks.initialised(task);
    double[] parameters = initial.params().dup('c').data().asDouble();

    var model = new FusedEngine().train(task);

    double[][] features = new double[ROWS][FEATURES];
    double[] targets = new double[ROWS];
    int[] order = IntStream.range(0, ROWS).toArray();
    Split.shuffle(order, 0, ROWS, task.seed().derive("epoch", 1).random());
    for (int place = 0; place < ROWS; place++) {
      int row = order[place];
      float[] values = new float[FEATURES];
      rows.copy(row, values, 0);
      for (int i = 0; i < FEATURES; i++) {
        features[place][i] = values[i];
      }
      targets[place] =
          numbers
              ? (rows.number(row) - fitted.targetShift()) / fitted.targetScale()
              : rows.label(row);
    }
    float[][] masks = masks(task, batchNorm.equals("dropout"));
    double expectedLoss =
        new Reference(parameters.clone(), activation, batchNorm, l1, l2, masks)
            .loss(features, targets, loss, weights);
    assertThat(model.curve().losses().get(0)).isCloseTo(expectedLoss, within(1e-6));
    // The first step of momentum has the gradient as its state, but for the sign.
    MultiLayerNetwork trained =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model.file()));
    double[] state = trained.getUpdater().getStateViewArray().dup('c').data().asDouble();
    int at = 0;
    for (int i = 0; i < parameters.length; i++) {
      if (isStatistic(i, batchNorm)) {
        continue;
      }
      double[] slopes = new double[2];
      for (int side = 0; side < 2; side++) {
        double[] moved = parameters.clone();
        moved[i] += side == 0 ? -STEP : STEP;
        slopes[side] =
            new Reference(moved, activation, batchNorm, l1, l2, masks)
                .loss(features, targets, loss, weights);
      }
      double slope = (slopes[1] - slopes[0]) / (2 * STEP);
      assertThat(-state[at++]).as("parameter " + i).isCloseTo(slope, within(1e-6));
    }
    assertThat(at).isEqualTo(state.length);
  }

  /** Those of the first step, for each dense layer; null where nothing is dropped. */
  private static float[][] masks(TrainingTask task, boolean drops) {
    float[][] masks = new float[UNITS.length + 1][];
    long seed = Seed.mix(task.seed().derive("dropout", 1).value() ^ Seed.mix(0));
    for (int layer = 1; layer < masks.length && drops; layer++) {
      masks[layer] = new float[ROWS * (UNITS[layer - 1] + 1)];
      long key = seed + layer * 0x9E3779B97F4A7C15L;
      new DropoutMask(0.6).fill(key, masks[layer], 0, masks[layer].length);
    }
    return masks;
  }

  /** Running mean or variance, which no gradient changes. */
  private static boolean isStatistic(int place, String batchNorm) {
    int from = 0;
    int inputs = FEATURES;
    for (int units : UNITS) {
      from += units * (inputs + 1);
      if (!Set.of("none", "dropout").contains(batchNorm)) {
        if (place >= from + 2 * units && place < from + 4 * units) {
          return true;
        }
        from += 4 * units;
      }
      inputs = units;
    }
    return false;
  }
}
