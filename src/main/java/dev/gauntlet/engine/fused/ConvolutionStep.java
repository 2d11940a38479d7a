package dev.gauntlet.engine.fused;

import dev.gauntlet.config.Seed;
import dev.gauntlet.engine.base.Step;
import dev.gauntlet.engine.fused.Layout.Block;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.search.Volume;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A convolution with its activation, over images as DL4J has them. */
final class ConvolutionStep implements Step {
  private final Volume in;
  private final Volume out;
  private final int group;
  private final ConvolutionOp op;
  private final ActivationOp activation;
  private final float[] images;
  private float[] values = new float[0];

  private ConvolutionStep(Block block, Memory memory, Activation function, int group) {
    var part = (Convolved) block.part();
    this.in = part.in();
    this.out = part.out();
    this.group = group;
    this.op = new ConvolutionOp(new ConvolutionOp.Shared(part, memory, block.from(), group), group);
    this.activation = new ActivationOp(function, false, (int) out.values(), group);
    this.images = new float[group * (int) in.values()];
  }

  /** For the layers of a network of this plan. */
  static Function<Layer, Optional<Step>> of(
      MultiLayerNetwork network, Plan plan, Layout layout, float[] parameters) {
    Deque<Block> blocks = new ArrayDeque<>();
    layout.blocks().stream()
        .filter(block -> block.part() instanceof Convolved)
        .forEach(blocks::add);
    if (blocks.isEmpty()) {
      return layer -> Optional.empty();
    }
    Memory memory = Memory.of(parameters, new float[0]);
    memory.load();
    int group = Images.group(plan);
    IdentityHashMap<Layer, Supplier<Step>> steps = new IdentityHashMap<>();
    for (Layer layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof ConvolutionLayer convolution) {
        Activation function = Activation.of(convolution.getActivationFn()).orElseThrow();
        Block block = blocks.remove();
        steps.put(layer, () -> new ConvolutionStep(block, memory, function, group));
      }
    }
    return layer -> Optional.ofNullable(steps.get(layer)).map(Supplier::get);
  }

  @Override
  public Activations apply(Activations input, Seed pass, int firstRow) {
    int rows = (int) input.shape()[0];
    int width = (int) in.values();
    if (values.length != rows * (int) out.values()) {
      values = new float[rows * (int) out.values()];
    }
    for (int from = 0; from < rows; from += group) {
      int size = Math.min(group, rows - from);
      for (int row = 0; row < size; row++) {
        Images.toPlaces(input.values(), (from + row) * width, images, row * width, in);
      }
      float[] maps = op.forward(images, size, false);
      toChannels(activation.forward(maps, size, false), from, size);
    }
    return new Activations(values, new long[] {rows, out.channels(), out.height(), out.width()});
  }

  private void toChannels(float[] maps, int first, int rows) {
    int channels = out.channels();
    int places = out.height() * out.width();
    for (int row = 0; row < rows; row++) {
      int from = row * (int) out.values();
      int to = (first + row) * (int) out.values();
      for (int place = 0; place < places; place++) {
        for (int channel = 0; channel < channels; channel++) {
          values[to + channel * places + place] = maps[from + place * channels + channel];
        }
      }
    }
  }
}
