package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Predictions;
import dev.gauntlet.engine.fused.Layout.Block;
import dev.gauntlet.engine.fused.Loss.Targets;
import dev.gauntlet.engine.fused.Plan.Activated;
import dev.gauntlet.engine.fused.Plan.Dense;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Part;
import dev.gauntlet.engine.fused.Plan.Weighted;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * A plan with the memory that it needs for a tile of rows. Nothing is allocated in a step but
 * Gaussian dropout's generator.
 */
final class Network implements AutoCloseable {
  /**
   * Rows that go through all dense layers together: they stay in a core's own cache, and products
   * of this size with a hundred inputs and fifty units are small ones for BLAS, which it makes at
   * once.
   */
  static final int TILE = 200;

  /** Between the seeds of dropout of two layers. */
  static final long LAYERS = 0x9E3779B97F4A7C15L;

  /** Between those of two groups of images. */
  private static final long GROUPS = 0xD1B54A32D192ED03L;

  /** Tiles that make up for turning a matrix. */
  private static final int MANY = 4;

  /** Numbers in a line of the cache. */
  private static final int LINE = 16;

  private final Plan plan;
  private final Layout layout;
  private final int tile;
  private final int group;
  private final Memory memory;
  private final FloatPointer[] blocks;
  private final NativeFloats shared;
  private final List<Images> images;
  private final List<Op> ops = new ArrayList<>();
  private final List<DenseOp> dense = new ArrayList<>();
  private final DenseOp first;
  private final int features;
  private final int inputs;
  private final float[] raw;
  private final float[] input;
  private final float[] returned;
  private final int units;
  private final Targets targets;

  /**
   * @param parameters in the order of the layout
   * @param gradient as the parameters
   * @param batch rows of a step, at most
   */
  static Network training(
      Plan plan, Layout layout, float[] parameters, float[] gradient, int batch) {
    Memory memory = Memory.of(parameters, gradient);
    if (plan.image() == null) {
      return new Network(plan, layout, memory, plan.normalizes() ? Math.max(batch, TILE) : TILE, 0);
    }
    return plan.normalizes()
        ? new Network(plan, layout, memory, batch, batch)
        : new Network(plan, layout, memory, Math.min(batch, Images.tile(plan)), Images.group(plan));
  }

  /** For predictions alone. */
  static Network predicting(Plan plan, Layout layout, float[] parameters) {
    Memory memory = Memory.of(parameters, new float[0]);
    return plan.image() == null
        ? new Network(plan, layout, memory, TILE, 0)
        : new Network(plan, layout, memory, Images.tile(plan), Images.group(plan));
  }

  /**
   * @param tile rows, at most
   * @param group images, at most; 0 if rows are none
   */
  private Network(Plan plan, Layout layout, Memory memory, int tile, int group) {
    this.plan = plan;
    this.layout = layout;
    this.tile = tile;
    this.group = group;
    this.memory = memory;
    this.blocks =
        layout.blocks().stream()
            .map(block -> memory.weights().pointer(block.from()))
            .toArray(FloatPointer[]::new);
    this.images = group == 0 ? List.of() : Images.groups(plan, layout, memory, tile, group);
    List<Part> front = plan.imageParts();
    List<Part> rest = plan.parts().subList(front.size(), plan.parts().size());
    int widest = 0;
    for (Part part : rest) {
      if (part instanceof Dense one) {
        widest = Math.max(widest, Math.max(one.inputs(), one.units()) + 1);
      }
    }
    this.shared = new NativeFloats(tile * widest);
    float[] back = new float[tile * widest];
    int width = 0;
    Part last = null;
    int block = (int) front.stream().filter(Network::hasBlock).count();
    for (Part part : rest) {
      int from = hasBlock(part) ? layout.blocks().get(block++).from() : 0;
      if (part instanceof Dense one) {
        boolean returns = !(front.isEmpty() && dense.isEmpty());
        DenseOp op = new DenseOp(one, dense.isEmpty(), returns, memory, from, shared, back, tile);
        ops.add(op);
        dense.add(op);
        width = one.units();
      } else if (part instanceof Normalized one) {
        ops.add(new BatchNormOp(one, memory, from, tile));
      } else if (part instanceof Activated one) {
        ops.add(new ActivationOp(one.function(), last instanceof Activated, width + 1, tile));
      }
      last = part;
    }
    this.units = width;
    this.targets = new Targets(tile);
    this.first = dense.get(0);
    this.inputs = ((Dense) rest.get(0)).inputs();
    this.features = group == 0 ? inputs : (int) plan.image().values();
    this.raw = new float[features];
    this.input = new float[first.readsRows() ? 0 : tile * (inputs + 1)];
    this.returned = new float[group * inputs];
    load();
  }

  private static boolean hasBlock(Part part) {
    return part instanceof Weighted || part instanceof Normalized;
  }

  /** Rows that go through it together, at most. */
  int tile() {
    return tile;
  }

  /** Of the rows that are put in. */
  Targets targets() {
    return targets;
  }

  /** Makes the products use the parameters as they are now. */
  void load() {
    memory.load();
  }

  /** The sum of the absolute values of the weights and biases of a block of the layout. */
  double size(int block) {
    Block one = layout.blocks().get(block);
    return openblas.cblas_sasum(one.to() - one.from(), blocks[block], 1);
  }

  /** The sum of the squares of the weights and biases of a block of the layout. */
  double squares(int block) {
    Block one = layout.blocks().get(block);
    return openblas.cblas_sdot(one.to() - one.from(), blocks[block], 1, blocks[block], 1);
  }

  /**
   * Reads a number of each line of the cache of these rows, so that the memory fetches many of them
   * at once: rows in random order are most of the time of small networks.
   *
   * @param rows positions in the matrix, from {@code from} to {@code to - 1}
   * @return a sum that must be stored, or nothing would be read
   */
  float fetch(float[] matrix, int[] rows, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      int start = rows[i] * features;
      for (int at = start; at < start + features; at += LINE) {
        sum += matrix[at];
      }
    }
    return sum;
  }

  /** Takes a row from a matrix, or from where it is if there is none. */
  void input(int place, Rows rows, float[] matrix, int row) {
    float[] values = matrix == null ? raw : matrix;
    int from = matrix == null ? 0 : row * features;
    if (matrix == null) {
      rows.copy(row, raw, 0);
    }
    if (group > 0) {
      images.get(place / group).input(place % group, values, from);
    } else {
      dense(place, values, from);
    }
  }

  /** Puts a row before the first dense layer. */
  private void dense(int place, float[] values, int from) {
    if (first.readsRows()) {
      first.input(place, values, from);
    } else {
      System.arraycopy(values, from, input, place * (inputs + 1), inputs);
    }
  }

  /**
   * What the last product gives.
   *
   * @return {@code rows x (units + 1)}
   */
  float[] forward(int rows, boolean training) {
    for (int from = 0; group > 0 && from < rows; from += group) {
      int size = Math.min(group, rows - from);
      float[] values = images.get(from / group).forward(size, training);
      for (int i = 0; i < size; i++) {
        dense(from + i, values, i * inputs);
      }
    }
    float[] values = first.readsRows() ? null : input;
    for (int i = 0; i < ops.size(); i++) {
      values = ops.get(i).forward(values, rows, training);
    }
    return values;
  }

  /**
   * A tile of a step; the gradient is there after the last.
   *
   * @param mask of dropout
   * @param number of the tile in the step
   * @param tiles of the step
   * @return its part of the loss
   */
  double train(int rows, long mask, int number, int tiles) {
    for (int i = 0; i < dense.size(); i++) {
      dense.get(i).begin(mask + i * LAYERS, number > 0, tiles >= MANY);
    }
    int last = group == 0 ? 0 : (rows - 1) / group;
    for (int i = 0; i < images.size(); i++) {
      // The last group comes first on the way back.
      images.get(i).begin(mask + (i + 1) * GROUPS, number > 0 || i < last);
    }
    float[] values = forward(rows, true);
    double loss = plan.loss().backward(values, targets, rows, units);
    for (int i = ops.size() - 1; i >= 0; i--) {
      values = ops.get(i).backward(values, rows);
    }
    for (int i = last; group > 0 && i >= 0; i--) {
      int size = Math.min(group, rows - i * group);
      for (int row = 0; row < size; row++) {
        System.arraycopy(values, (i * group + row) * (inputs + 1), returned, row * inputs, inputs);
      }
      images.get(i).backward(returned, size);
    }
    return loss;
  }

  /** After the tiles of a step: what BLAS has of it comes beside the rest. */
  void gatherGradient() {
    for (int i = 0; i < layout.blocks().size(); i++) {
      Block block = layout.blocks().get(i);
      if (block.part() instanceof Weighted) {
        int size = block.to() - block.from();
        memory.slopes().get(block.from(), memory.gradient(), block.from(), size);
      }
    }
  }

  /** {@code rows.size() x rows.outputs()}, with running statistics and without dropout. */
  float[] predictions(Rows rows) {
    float[] matrix = Matrices.of(rows);
    float[] output = new float[rows.size() * units];
    for (int from = 0; from < rows.size(); from += tile) {
      int size = Math.min(tile, rows.size() - from);
      for (int i = 0; i < size; i++) {
        input(i, rows, matrix, from + i);
      }
      float[] values = forward(size, false);
      plan.loss().activate(values, targets, size, units);
      for (int i = 0; i < size; i++) {
        System.arraycopy(values, i * (units + 1), output, (from + i) * units, units);
      }
    }
    return Predictions.unscaled(Predictions.of(output, rows.size(), rows.outputs()), rows);
  }

  @Override
  public void close() {
    ops.forEach(Op::close);
    images.forEach(Images::close);
    memory.close();
    shared.close();
  }
}
