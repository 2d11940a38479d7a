package dev.gauntlet.engine.fused;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.fused.Layout.Block;
import dev.gauntlet.engine.fused.Loss.Targets;
import dev.gauntlet.engine.fused.Plan.Penalty;
import dev.gauntlet.engine.fused.Plan.Weighted;

/** A {@link Network} with its examples and the state of its optimizer, tile by tile. */
final class CpuProgram implements Program {
  private final Layout layout;
  private final Network network;
  private final Update update;
  private final Targets targets;
  private final float[] parameters;
  private final float[][] state;
  private final Rows rows;
  private final float[] matrix;
  private final int[] classes;
  private final float[] numbers;

  /**
   * @param batch rows of a step, at most
   */
  CpuProgram(Plan plan, Layout layout, Examples examples, int batch) {
    this.layout = layout;
    this.parameters = new float[layout.size()];
    this.state = new float[plan.states()][layout.size()];
    float[] gradient = new float[layout.size()];
    this.network = Network.training(plan, layout, parameters, gradient, batch);
    this.update = new Update(plan, layout, parameters, gradient, state);
    this.targets = network.targets();
    targets.classWeights = examples.classWeights();
    this.rows = examples.rows();
    this.matrix = examples.matrix();
    this.classes = examples.classes();
    this.numbers = examples.numbers();
  }

  @Override
  public double step(int[] order, int from, int size, int number, double rate, long mask) {
    double loss = penalties();
    targets.share = 1f / size;
    int tiles = (size + network.tile() - 1) / network.tile();
    for (int tile = 0; tile < tiles; tile++) {
      int start = (int) ((long) size * tile / tiles);
      int end = (int) ((long) size * (tile + 1) / tiles);
      if (matrix != null) {
        targets.scratch[0] = network.fetch(matrix, order, from + start, from + end);
      }
      for (int i = start; i < end; i++) {
        row(i - start, order[from + i]);
      }
      long seed = Seed.mix(mask ^ Seed.mix(((long) number << 32) + tile));
      loss += network.train(end - start, seed, tile, tiles);
    }
    network.gatherGradient();
    update.apply(rate, number);
    network.load();
    return loss;
  }

  private void row(int place, int row) {
    network.input(place, rows, matrix, row);
    targets.classes[place] = classes[row];
    targets.numbers[place] = numbers[row];
    targets.weights[place] = targets.classWeights[classes[row]];
  }

  private double penalties() {
    double sum = 0;
    for (int i = 0; i < layout.blocks().size(); i++) {
      if (layout.blocks().get(i).part() instanceof Weighted weighted) {
        sum += weighted.settings().penalty().isNone() ? 0 : penalty(weighted, i);
      }
    }
    return sum;
  }

  /** By BLAS over all numbers, less the biases. */
  private double penalty(Weighted weighted, int number) {
    Block block = layout.blocks().get(number);
    Penalty penalty = weighted.settings().penalty();
    double sizes = penalty.l1() == 0 ? 0 : network.size(number);
    double squares = penalty.l2() + penalty.decay() == 0 ? 0 : network.squares(number);
    for (int bias = block.to() - weighted.units(); bias < block.to(); bias++) {
      sizes -= Math.abs(parameters[bias]);
      squares -= parameters[bias] * parameters[bias];
    }
    return penalty.l1() * sizes + 0.5 * (penalty.l2() + penalty.decay()) * squares;
  }

  @Override
  public float[] predictions(Rows others) {
    return network.predictions(others);
  }

  @Override
  public Weights weights() {
    float[] all = new float[state.length * layout.size()];
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(state[i], 0, all, i * layout.size(), layout.size());
    }
    return new Weights(parameters.clone(), all);
  }

  @Override
  public void restore(Weights weights) {
    System.arraycopy(weights.parameters(), 0, parameters, 0, parameters.length);
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(weights.state(), i * layout.size(), state[i], 0, layout.size());
    }
    network.load();
  }

  @Override
  public void close() {
    network.close();
  }
}
