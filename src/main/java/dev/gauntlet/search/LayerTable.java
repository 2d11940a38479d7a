package dev.gauntlet.search;

import dev.gauntlet.config.Names;
import dev.gauntlet.natives.BlasKernel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;

/** A network layer by layer, from its DL4J configuration; nothing is allocated for it. */
final class LayerTable {
  static {
    BlasKernel.choose();
  }

  private LayerTable() {}

  /** The input, then every layer. */
  static List<LayerRow> of(String json, int inputs) {
    var configuration = MultiLayerConfiguration.fromJson(json);
    InputType input = input(configuration, inputs);
    List<InputType> outputs = configuration.getLayerActivationTypes(input);
    List<LayerRow> rows = new ArrayList<>();
    rows.add(new LayerRow("input", shape(input), 0, ""));
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      InputType output = outputs.get(rows.size() - 1);
      rows.add(
          new LayerRow(
              name(layer.getLayer()),
              shape(output),
              layer.getLayer().initializer().numParams(layer),
              details(layer.getLayer())));
    }
    return List.copyOf(rows);
  }

  /** Rows are flat; the first preprocessor says which image they are. */
  private static InputType input(MultiLayerConfiguration configuration, int inputs) {
    if (configuration.getInputPreProcess(0) instanceof FeedForwardToCnnPreProcessor image) {
      return InputType.convolutionalFlat(
          image.getInputHeight(), image.getInputWidth(), image.getNumChannels());
    }
    return InputType.feedForward(inputs);
  }

  private static String shape(InputType type) {
    return sizes(" x ", type.getShape(false));
  }

  private static String sizes(String between, long... sizes) {
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(between));
  }

  private static String sizes(int... sizes) {
    return sizes("x", Arrays.stream(sizes).asLongStream().toArray());
  }

  /** The class's name in words: {@code BatchNormalization} is {@code batch normalization}. */
  private static String name(Layer layer) {
    String words = Names.word(layer.getClass().getSimpleName()).replace('-', ' ');
    return words.replaceFirst(" layer$", "").replace("subsampling", "pooling");
  }

  private static String details(Layer layer) {
    List<String> words = new ArrayList<>();
    if (layer instanceof ConvolutionLayer convolution) {
      words.add(window(convolution.getKernelSize(), convolution.getStride()));
      words.add(edges(convolution.getPadding(), convolution.getConvolutionMode()));
    } else if (layer instanceof SubsamplingLayer pooling) {
      words.add(Names.word(pooling.getPoolingType()));
      words.add(window(pooling.getKernelSize(), pooling.getStride()));
      words.add(edges(pooling.getPadding(), pooling.getConvolutionMode()));
    }
    // DL4J says what a batch normalisation's activation would be, and applies none.
    if (layer instanceof BaseLayer base && !(layer instanceof BatchNormalization)) {
      words.add(word(base.getActivationFn()));
    } else if (layer instanceof ActivationLayer activation) {
      words.add(word(activation.getActivationFn()));
    }
    if (layer.getIDropout() != null) {
      words.add(dropout(layer.getIDropout()) + " of its inputs");
    }
    return String.join(", ", words);
  }

  /** Without its parameters. */
  private static String word(IActivation activation) {
    return activation.toString().replaceFirst("\\(.*", "");
  }

  private static String window(int[] kernel, int[] stride) {
    return sizes(kernel) + ", stride " + sizes(stride);
  }

  /** DL4J calls it truncate, and pads then only as far as it is told. */
  private static String edges(int[] padding, ConvolutionMode mode) {
    boolean none = Arrays.stream(padding).allMatch(size -> size == 0);
    return mode == ConvolutionMode.Truncate && none ? "valid" : Names.word(mode);
  }

  /** DL4J counts what is kept. */
  private static String dropout(IDropout dropout) {
    if (!(dropout instanceof Dropout plain)) {
      return Names.word(dropout.getClass().getSimpleName()).replace('-', ' ');
    }
    var dropped = new BigDecimal(1 - plain.getP()).round(new MathContext(6));
    return "dropout " + dropped.stripTrailingZeros().toPlainString();
  }
}
