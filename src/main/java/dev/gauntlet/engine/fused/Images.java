package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.fused.Plan.Activated;
import dev.gauntlet.engine.fused.Plan.Convolved;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Part;
import dev.gauntlet.engine.fused.Plan.Pooled;
import dev.gauntlet.search.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The layers before the first dense one, with memory for a group of images: so few that what one
 * layer gives is still in a core's own cache when the next one reads it.
 */
final class Images implements AutoCloseable {
  /** Of what a layer gets and gives, for all images of a group. */
  private static final long GROUP_BYTES = 1 << 20;

  /** Of what all layers give, for all images of a tile. */
  private static final long TILE_BYTES = 64 << 20;

  private final List<Op> ops = new ArrayList<>();
  private final List<WeightedOp> weighted = new ArrayList<>();
  private final Volume shape;
  private final float[] input;

  private Images(Volume shape, int capacity) {
    this.shape = shape;
    this.input = new float[capacity * (int) shape.values()];
  }

  /** Images that go through all of the network together, at most. */
  static int tile(Plan plan) {
    long bytes = sizes(plan).sum() * Float.BYTES;
    return (int) Math.max(1, Math.min(Network.TILE, TILE_BYTES / bytes));
  }

  /** Images of a group, at most. */
  static int group(Plan plan) {
    long bytes = sizes(plan).max().orElseThrow() * Float.BYTES;
    return (int) Math.max(1, Math.min(tile(plan), GROUP_BYTES / bytes));
  }

  /** What each part gets and gives. */
  private static LongStream sizes(Plan plan) {
    return plan.imageParts().stream()
        .mapToLong(
            part -> {
              if (part instanceof Convolved one) {
                return one.padded().values() + one.out().values();
              }
              return part instanceof Pooled one ? one.out().values() : 0;
            });
  }

  /** As many groups as make up a tile. */
  static List<Images> groups(Plan plan, Layout layout, Memory memory, int tile, int group) {
    List<Images> groups = new ArrayList<>();
    for (int from = 0; from < tile; from += group) {
      groups.add(new Images(plan.image(), group));
    }
    Volume maps = plan.image();
    Part last = null;
    int block = 0;
    for (Part part : plan.imageParts()) {
      if (part instanceof Convolved one) {
        int from = layout.blocks().get(block++).from();
        var shared = new ConvolutionOp.Shared(one, memory, from, group);
        groups.forEach(images -> images.add(new ConvolutionOp(shared, group)));
        maps = one.out();
      } else if (part instanceof Normalized one) {
        int from = layout.blocks().get(block++).from();
        groups.forEach(images -> images.add(new BatchNormOp(one, memory, from, group)));
      } else if (part instanceof Activated one) {
        int width = (int) maps.values();
        boolean keeps = last instanceof Activated;
        groups.forEach(images -> images.add(new ActivationOp(one.function(), keeps, width, group)));
      } else if (part instanceof Pooled one) {
        float[] back = new float[group * (int) one.in().values()];
        groups.forEach(images -> images.add(new PoolOp(one, back, group)));
        maps = one.out();
      }
      last = part;
    }
    return groups;
  }

  private void add(Op op) {
    ops.add(op);
    if (op instanceof WeightedOp one) {
      weighted.add(one);
    }
  }

  /** Puts in an image whose channels lie one after the other. */
  void input(int place, float[] values, int from) {
    toPlaces(values, from, input, place * (int) shape.values(), shape);
  }

  /** From channels one after the other to places one after the other. */
  static void toPlaces(float[] values, int from, float[] target, int to, Volume shape) {
    int channels = shape.channels();
    int size = shape.height() * shape.width();
    if (channels == 1) {
      System.arraycopy(values, from, target, to, size);
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < size; i++) {
        target[to + i * channels + channel] = values[from + channel * size + i];
      }
    }
  }

  /**
   * As of an {@link Op}.
   *
   * @return place by place, all channels of one beside each other
   */
  float[] forward(int rows, boolean training) {
    float[] values = input;
    for (int i = 0; i < ops.size(); i++) {
      values = ops.get(i).forward(values, rows, training);
    }
    return values;
  }

  /** As {@link WeightedOp#begin} of each. */
  void begin(long mask, boolean added) {
    for (int i = 0; i < weighted.size(); i++) {
      weighted.get(i).begin(mask + i * Network.LAYERS, added, false);
    }
  }

  void backward(float[] delta, int rows) {
    float[] values = delta;
    for (int i = ops.size() - 1; i >= 0; i--) {
      values = ops.get(i).backward(values, rows);
    }
  }

  @Override
  public void close() {
    ops.forEach(Op::close);
  }
}
