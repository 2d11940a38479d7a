package dev.gauntlet.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class BinaryCrossEntropyTest {
  private static final IActivation SIGMOID = new ActivationSigmoid();
  private final INDArray logits = column(0.5, -1.25, 2, -0.1, 0.75);
  private final INDArray labels = column(1, 0, 0, 1, 1);
  private static final BinaryCrossEntropy WEIGHTED = new BinaryCrossEntropy(new double[] {0.5, 3});

  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  private double score(BinaryCrossEntropy loss, INDArray logits) {
    return loss.computeScore(labels, logits, SIGMOID, null, false);
  }

  /** numpy: w * np.log1p(np.exp(-z * (2 * y - 1))). */
  @Test
  void score_weights_isNumpys() {
    assertThat(WEIGHTED.computeScoreArray(labels, logits, SIGMOID, null).data().asDouble())
        .containsExactly(
            new double[] {
              1.42223095254032,
              0.12596454067268645,
              1.0634640055214863,
              2.233189980220713,
              1.1606130183446999
            },
            within(1e-14));
    assertThat(WEIGHTED.computeScore(labels, logits, SIGMOID, null, true))
        .isCloseTo(1.2010924994599812, within(1e-14));
  }

  @Test
  void gradient_weights_isTheCentralDifference() {
    double[] gradient = WEIGHTED.computeGradient(labels, logits, SIGMOID, null).data().asDouble();

    for (int i = 0; i < 5; i++) {
      INDArray above = logits.dup();
      INDArray below = logits.dup();
      above.putScalar(i, logits.getDouble(i) + 1e-5);
      below.putScalar(i, logits.getDouble(i) - 1e-5);
      double difference = (score(WEIGHTED, above) - score(WEIGHTED, below)) / 2e-5;
      assertThat(gradient[i]).isCloseTo(difference, within(1e-9));
    }
  }

  @Test
  void loss_equalWeights_isDl4js() {
    var plain = new LossBinaryXENT();
    var equal = new BinaryCrossEntropy(new double[] {1, 1});
    double[] gradient = equal.computeGradient(labels, logits, SIGMOID, null).data().asDouble();

    assertThat(equal.computeScore(labels, logits, SIGMOID, null, true))
        .isCloseTo(plain.computeScore(labels, logits, SIGMOID, null, true), within(1e-12));
    // DL4J's writes over its logits.
    assertThat(gradient)
        .containsExactly(
            plain.computeGradient(labels, logits, SIGMOID, null).data().asDouble(), within(1e-12));
  }

  /** A softmax over the logits (0, z) is the sigmoid of z. */
  @Test
  void loss_weights_isThatOfTwoSoftmaxUnits() {
    var softmax = new LossMCXENT(Nd4j.createFromArray(0.5, 3.0));
    INDArray pairs = Nd4j.hstack(column(0, 0, 0, 0, 0), logits);
    INDArray oneHot = Nd4j.hstack(labels.rsub(1), labels);
    IActivation activation = new ActivationSoftmax();

    assertThat(WEIGHTED.computeScore(labels, logits, SIGMOID, null, true))
        .isCloseTo(softmax.computeScore(oneHot, pairs, activation, null, true), within(1e-12));
    assertThat(WEIGHTED.computeGradient(labels, logits, SIGMOID, null).data().asDouble())
        .containsExactly(
            softmax
                .computeGradient(oneHot, pairs, activation, null)
                .getColumn(1)
                .dup()
                .data()
                .asDouble(),
            within(1e-12));
  }

  /** DL4J's own has a gradient of 0 here. */
  @Test
  void loss_extremeLogits_keepsTheirGradient() {
    var loss = new BinaryCrossEntropy(new double[] {1, 2});
    INDArray extreme = column(-1000, 1000).castTo(DataType.FLOAT);

    assertThat(loss.computeScore(column(1, 0), extreme, SIGMOID, null, true)).isEqualTo(1500);
    assertThat(loss.computeGradient(column(1, 0), extreme, SIGMOID, null).data().asFloat())
        .containsExactly(-2, 1);
  }

  @Test
  void loss_ofOtherOutputs_isRefused() {
    INDArray two = Nd4j.createFromArray(new double[][] {{1, 2}});

    assertThatThrownBy(() -> WEIGHTED.computeGradient(two, two, SIGMOID, null))
        .hasMessage("for one sigmoid unit, without masks");
  }

  /**
   * One step from weights 0, by hand: the loss is the mean of w log 2 and the step the mean of w (y
   * - 1/2) x, over rows and not over the weights' sum.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fit_weights_takesTheStepOfTheMeanOverRows(int units) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new Sgd(0.1))
            .weightInit(WeightInit.ZERO)
            .list(
                new OutputLayer.Builder(
                        units == 1 ? WEIGHTED : new LossMCXENT(Nd4j.createFromArray(0.5, 3.0)))
                    .activation(units == 1 ? SIGMOID : new ActivationSoftmax())
                    .nIn(1)
                    .nOut(units)
                    .build())
            .build();
    var network = new MultiLayerNetwork(configuration);
    network.init();

    network.fit(logits, units == 1 ? labels : Nd4j.hstack(labels.rsub(1), labels));

    double slope = (3 * 0.5 + 0.5 * 1.25 - 0.5 * 2 + 3 * -0.1 + 3 * 0.75) / 2 / 5;
    double constant = (3 - 0.5 - 0.5 + 3 + 3) / 2 / 5;
    assertThat(network.score()).isCloseTo((3 + 0.5 + 0.5 + 3 + 3) * Math.log(2) / 5, within(1e-12));
    assertThat(network.getParam("0_W").getDouble(units - 1)).isCloseTo(0.1 * slope, within(1e-12));
    assertThat(network.getParam("0_b").getDouble(units - 1))
        .isCloseTo(0.1 * constant, within(1e-12));
  }
}
