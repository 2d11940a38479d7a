package dev.gauntlet.engine.fused;

import dev.gauntlet.config.NetworkConfig.DropoutType;
import dev.gauntlet.engine.fused.Plan.Activated;
import dev.gauntlet.engine.fused.Plan.Clipping;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.engine.fused.Plan.Dense;
import dev.gauntlet.engine.fused.Plan.Noise;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Part;
import dev.gauntlet.engine.fused.Plan.Penalty;
import dev.gauntlet.engine.fused.Plan.Pooled;
import dev.gauntlet.engine.fused.Plan.Settings;
import dev.gauntlet.search.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Goes through the layers; what it does not know is an {@code UnsupportedOperationException}. */
final class PlanReader {
  /** Those that use no zeros but the ones that are asked for. */
  private static final Set<ConvolutionMode> KNOWN_MODES =
      Set.of(ConvolutionMode.Truncate, ConvolutionMode.Strict);

  private static final long FEW_PLACES = 64;

  private final MultiLayerConfiguration network;
  private final List<Part> parts = new ArrayList<>();
  private Volume maps;
  private IUpdater updater;

  PlanReader(MultiLayerConfiguration network) {
    this.network = network;
  }

  Plan plan() {
    require(network.getBackpropType() == BackpropType.Standard);
    require(network.getDataType() == DataType.FLOAT);
    int last = network.getConfs().size() - 1;
    for (int i = 0; i < last; i++) {
      add(network.getInputPreProcess(i), network.getConf(i));
    }
    require(network.getConf(last).getLayer().getClass() == OutputLayer.class);
    var output = (OutputLayer) network.getConf(last).getLayer();
    require(output.hasBias());
    addDense(network.getInputPreProcess(last), network.getConf(last));
    return new Plan(List.copyOf(parts), Loss.of(output).orElseThrow(PlanReader::unknown), updater);
  }

  private static UnsupportedOperationException unknown() {
    return new UnsupportedOperationException();
  }

  private static void require(boolean known) {
    if (!known) {
      throw unknown();
    }
  }

  private void add(InputPreProcessor before, NeuralNetConfiguration configuration) {
    Layer layer = configuration.getLayer();
    if (layer.getClass() == DenseLayer.class) {
      var dense = (DenseLayer) layer;
      require(dense.isHasBias() && !dense.isHasLayerNorm());
      addDense(before, configuration);
      activate(dense.getActivationFn());
      return;
    }
    if (before != null) {
      require(before.getClass() == FeedForwardToCnnPreProcessor.class && parts.isEmpty());
      var image = (FeedForwardToCnnPreProcessor) before;
      maps = volume(image.getNumChannels(), image.getInputHeight(), image.getInputWidth());
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      addConvolved(configuration, (ConvolutionLayer) layer);
    } else if (layer.getClass() == SubsamplingLayer.class) {
      addPooled((SubsamplingLayer) layer);
    } else if (layer.getClass() == BatchNormalization.class) {
      add(configuration, (BatchNormalization) layer);
    } else {
      require(layer.getClass() == ActivationLayer.class && layer.getIDropout() == null);
      require(!parts.isEmpty());
      activate(((ActivationLayer) layer).getActivationFn());
    }
  }

  private static Volume volume(long channels, long height, long width) {
    return new Volume((int) channels, (int) height, (int) width);
  }

  private void activate(org.nd4j.linalg.activations.IActivation function) {
    Activation known = Activation.of(function).orElseThrow(PlanReader::unknown);
    if (known != Activation.IDENTITY) {
      parts.add(new Activated(known));
    }
  }

  private void addDense(InputPreProcessor before, NeuralNetConfiguration configuration) {
    var layer = (FeedForwardLayer) configuration.getLayer();
    requireShared(configuration, layer);
    require((before == null) == (maps == null));
    require(before == null || before.getClass() == CnnToFeedForwardPreProcessor.class);
    parts.add(new Dense((int) layer.getNIn(), (int) layer.getNOut(), maps, settings(layer)));
    maps = null;
  }

  private void addConvolved(NeuralNetConfiguration configuration, ConvolutionLayer layer) {
    requireShared(configuration, layer);
    require(maps != null && layer.hasBias());
    require(layer.getCnn2dDataFormat() == CNN2DFormat.NCHW);
    require(areOnes(layer.getStride()) && areOnes(layer.getDilation()));
    int[] kernel = layer.getKernelSize();
    int[] padding = layer.getPadding();
    boolean same = layer.getConvolutionMode() == ConvolutionMode.Same;
    require(same || KNOWN_MODES.contains(layer.getConvolutionMode()));
    int top = same ? (kernel[0] - 1) / 2 : padding[0];
    int left = same ? (kernel[1] - 1) / 2 : padding[1];
    var convolved =
        new Convolved(
            maps,
            (int) layer.getNOut(),
            kernel[0],
            kernel[1],
            top,
            left,
            same ? kernel[0] - 1 - top : top,
            same ? kernel[1] - 1 - left : left,
            parts.isEmpty(),
            settings(layer));
    // A kernel that is much larger than the image is mostly zeros here.
    require(convolved.padded().values() <= 4 * maps.values() + FEW_PLACES * maps.channels());
    parts.add(convolved);
    maps = convolved.out();
    activate(layer.getActivationFn());
  }

  private static boolean areOnes(int[] steps) {
    return Arrays.stream(steps).allMatch(step -> step == 1);
  }

  private void addPooled(SubsamplingLayer layer) {
    require(maps != null && !parts.isEmpty() && layer.getIDropout() == null);
    require(layer.getCnn2dDataFormat() == CNN2DFormat.NCHW);
    require(KNOWN_MODES.contains(layer.getConvolutionMode()) && areOnes(layer.getDilation()));
    require(Arrays.equals(layer.getKernelSize(), layer.getStride()));
    require(Arrays.stream(layer.getPadding()).allMatch(padding -> padding == 0));
    boolean maximum = layer.getPoolingType() == PoolingType.MAX;
    require(maximum || layer.getPoolingType() == PoolingType.AVG);
    int[] side = layer.getKernelSize();
    var pooled = new Pooled(maps, side[0], side[1], maximum);
    parts.add(pooled);
    maps = pooled.out();
  }

  private static Settings settings(BaseLayer layer) {
    return new Settings(noise(layer.getIDropout()), penalty(layer), clipping(layer));
  }

  private void add(NeuralNetConfiguration configuration, BatchNormalization layer) {
    requireShared(configuration, layer);
    require(!layer.isLockGammaBeta() && layer.getIDropout() == null);
    require(!parts.isEmpty());
    parts.add(
        new Normalized(
            (int) layer.getNOut(),
            maps,
            layer.getDecay(),
            layer.getEps(),
            layer.isUseLogStd(),
            clipping(layer)));
  }

  /** What every layer with weights must have. */
  private void requireShared(NeuralNetConfiguration configuration, BaseLayer layer) {
    require(configuration.isMiniBatch() && configuration.getStepFunction() == null);
    require(
        configuration.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
    require(layer.getConstraints() == null || layer.getConstraints().isEmpty());
    require(layer.getWeightNoise() == null);
    require(layer.getRegularizationBias() == null || layer.getRegularizationBias().isEmpty());
    if (updater == null) {
      updater = layer.getIUpdater();
      require(Optimizer.knows(updater));
    }
    require(updater.equals(layer.getIUpdater()));
    require(layer.getBiasUpdater() == null || updater.equals(layer.getBiasUpdater()));
  }

  private static Noise noise(IDropout dropout) {
    if (dropout instanceof Dropout plain && plain.getClass() == Dropout.class) {
      require(plain.getPSchedule() == null);
      return plain.getP() == 1 ? null : new Noise(DropoutType.PLAIN, plain.getP());
    } else if (dropout instanceof GaussianDropout gaussian) {
      require(gaussian.getRateSchedule() == null);
      return new Noise(DropoutType.GAUSSIAN, 1 - gaussian.getRate());
    } else if (dropout instanceof AlphaDropout alpha) {
      var standard = new AlphaDropout(alpha.getP());
      require(alpha.getPSchedule() == null);
      require(alpha.getAlpha() == standard.getAlpha());
      require(alpha.getLambda() == standard.getLambda());
      return new Noise(DropoutType.ALPHA, alpha.getP());
    }
    require(dropout == null);
    return null;
  }

  private static Clipping clipping(BaseLayer layer) {
    GradientNormalization kind = layer.getGradientNormalization();
    if (kind == null) {
      kind = GradientNormalization.None;
    }
    require(
        kind == GradientNormalization.None
            || kind == GradientNormalization.ClipElementWiseAbsoluteValue
            || kind == GradientNormalization.ClipL2PerLayer);
    return new Clipping(kind, layer.getGradientNormalizationThreshold());
  }

  private static Penalty penalty(BaseLayer layer) {
    double l1 = 0;
    double l2 = 0;
    double decay = 0;
    boolean scaled = false;
    List<Regularization> all = layer.getRegularization();
    for (Regularization one : all == null ? List.<Regularization>of() : all) {
      if (one instanceof L1Regularization first) {
        l1 += fixed(first.getL1());
      } else if (one instanceof L2Regularization second) {
        l2 += fixed(second.getL2());
      } else {
        require(one instanceof WeightDecay);
        boolean scales = ((WeightDecay) one).isApplyLR();
        require(decay == 0 || scaled == scales);
        decay += fixed(((WeightDecay) one).getCoeff());
        scaled = scales;
      }
    }
    return new Penalty(l1, l2, decay, scaled);
  }

  private static double fixed(org.nd4j.linalg.schedule.ISchedule factor) {
    require(factor instanceof org.nd4j.linalg.schedule.FixedSchedule);
    return factor.valueAt(0, 0);
  }
}
