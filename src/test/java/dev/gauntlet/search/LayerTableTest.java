package dev.gauntlet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LayerTableTest {

  /** 92 x 20 + 20 and 20 x 20 + 20 by hand. */
  @Test
  void layers_dense_haveShapesAndParameters() {
    assertThat(TestSpaces.candidate(92, 3).layers(92))
        .containsExactly(
            new LayerRow("input", "92", 0, ""),
            new LayerRow("dense", "20", 1860, "relu"),
            new LayerRow("dense", "20", 420, "relu"),
            new LayerRow("output", "3", 63, "softmax"));
  }

  @Test
  void layers_batchNormAndDropout_areWhereTheyAct() {
    Candidate candidate =
        TestSpaces.candidate(92, 3, "space.network.batch-norm=true", "space.network.dropout=0.2");

    assertThat(candidate.layers(92))
        .containsExactly(
            new LayerRow("input", "92", 0, ""),
            new LayerRow("dense", "20", 1860, "relu"),
            new LayerRow("batch normalization", "20", 80, ""),
            new LayerRow("dense", "20", 420, "relu, dropout 0.2 of its inputs"),
            new LayerRow("batch normalization", "20", 80, ""),
            new LayerRow("output", "3", 63, "softmax, dropout 0.2 of its inputs"));
  }

  @Test
  void layers_batchNormBefore_showWhereTheActivationIs() {
    Candidate candidate =
        TestSpaces.candidate(
            92,
            3,
            "space.network={type: dense, layers: 1, units: 8, activation: gelu, batch-norm: before}");

    assertThat(candidate.layers(92))
        .containsExactly(
            new LayerRow("input", "92", 0, ""),
            new LayerRow("dense", "8", 744, "identity"),
            new LayerRow("batch normalization", "8", 32, ""),
            new LayerRow("activation", "8", 0, "gelu"),
            new LayerRow("output", "3", 27, "softmax"));
  }

  @Test
  void layers_sum_isTheCandidatesParameters() {
    Candidate candidate = TestSpaces.candidate(30, 2, "space.network.batch-norm=true");

    assertThat(candidate.layers(30).stream().mapToLong(LayerRow::parameters).sum())
        .isEqualTo(candidate.parameters());
  }

  /** Keras counts the same: 8 x (3 x 3 x 1) + 8, and 8 x 13 x 13 x 10 + 10. */
  @Test
  void layers_convolution_haveThreeDimensions() {
    String network =
        new NeuralNetConfiguration.Builder()
            .weightInit(WeightInit.XAVIER)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.RELU).build())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build())
            .layer(new DenseLayer.Builder().nOut(10).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build()
            .toJson();

    List<LayerRow> rows = LayerTable.of(network, 784);

    assertThat(rows)
        .containsExactly(
            new LayerRow("input", "1 x 28 x 28", 0, ""),
            new LayerRow("convolution", "8 x 26 x 26", 80, "3x3, stride 1x1, valid, relu"),
            new LayerRow("pooling", "8 x 13 x 13", 0, "max, 2x2, stride 2x2, valid"),
            new LayerRow("dense", "10", 13530, "tanh"),
            new LayerRow("output", "10", 110, "softmax"));
  }
}
