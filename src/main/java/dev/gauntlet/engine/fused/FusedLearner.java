package dev.gauntlet.engine.fused;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.fused.Layout.Block;
import dev.gauntlet.engine.fused.Loss.Targets;
import dev.gauntlet.engine.fused.Plan.Clipping;
import dev.gauntlet.engine.fused.Plan.Normalized;
import dev.gauntlet.engine.fused.Plan.Penalty;
import dev.gauntlet.engine.fused.Plan.Weighted;
import dev.gauntlet.train.TrainingTask;
import org.deeplearning4j.nn.conf.GradientNormalization;

/** A network that is being trained. */
final class FusedLearner implements Learner {
  private final Plan plan;
  private final Layout layout;
  private final TrainingTask task;
  private final Optimizer optimizer;
  private final Network network;
  private final Targets targets;
  private final float[] parameters;
  private final float[] gradient;
  private final float[][] state;
  private final float[] matrix;
  private final int[] classes;
  private final float[] numbers;
  private int steps;
  private int epoch;
  private long mask;

  /**
   * @param initial in the order of the layout
   * @param taken steps by then
   */
  FusedLearner(Plan plan, Layout layout, TrainingTask task, Weights initial, int taken) {
    this.plan = plan;
    this.layout = layout;
    this.task = task;
    this.optimizer = Optimizer.of(plan.updater());
    this.parameters = initial.parameters().clone();
    this.gradient = new float[layout.size()];
    this.state = new float[optimizer.states()][layout.size()];
    int batch = Math.min(task.candidate().plan().batchSize(), task.training().size());
    this.network = Network.training(plan, layout, parameters, gradient, batch);
    this.targets = network.targets();
    targets.classWeights = weights(task);
    this.matrix = Matrices.of(task.training());
    this.classes = classes(task.training());
    this.numbers = numbers(task.training());
    restore(initial, taken);
  }

  private static float[] weights(TrainingTask task) {
    float[] weights = new float[Math.max(2, task.classWeights().length)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < task.classWeights().length ? (float) task.classWeights()[i] : 1;
    }
    return weights;
  }

  @Override
  public void begin(int number) {
    epoch = number - 1;
    mask = task.seed().derive("dropout", number).value();
  }

  @Override
  public double step(int[] order, int from, int size) {
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
      long seed = Seed.mix(mask ^ Seed.mix(((long) steps << 32) + tile));
      loss += network.train(end - start, seed, tile, tiles);
    }
    network.gatherGradient();
    update();
    network.load();
    steps++;
    return loss;
  }

  /** Of each row; 0 for a number. */
  private static int[] classes(Rows rows) {
    int[] classes = new int[rows.size()];
    for (int i = 0; i < classes.length && !rows.numbers(); i++) {
      classes[i] = rows.label(i);
    }
    return classes;
  }

  /** What one unit should put out for each row: 0 or 1, or a number at mean 0, deviation 1. */
  private static float[] numbers(Rows rows) {
    float[] numbers = new float[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          rows.numbers()
              ? (rows.number(i) - rows.preprocessor().targetShift())
                  / rows.preprocessor().targetScale()
              : rows.label(i);
    }
    return numbers;
  }

  private void row(int place, int row) {
    network.input(place, task.training(), matrix, row);
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

  /** In DL4J's order: clip, add what regularisation asks for, optimize, decay. */
  private void update() {
    double rate =
        plan.updater().hasLearningRate() ? plan.updater().getLearningRate(steps, epoch) : 1;
    for (int i = 0; i < layout.blocks().size(); i++) {
      Block block = layout.blocks().get(i);
      if (block.part() instanceof Weighted weighted) {
        clip(weighted.settings().clipping(), block);
        regularize(weighted, block);
      } else if (block.part() instanceof Normalized normalized) {
        clip(normalized.clipping(), block);
      }
    }
    for (int i = 0; i < layout.trained().size(); i++) {
      int[] stretch = layout.trained().get(i);
      optimizer.apply(gradient, state, stretch[0], stretch[1], rate, steps);
    }
    for (int i = 0; i < layout.blocks().size(); i++) {
      Block block = layout.blocks().get(i);
      if (block.part() instanceof Weighted weighted && weighted.settings().penalty().decay() > 0) {
        decay(weighted, block, rate);
      }
    }
    subtract(parameters, gradient, layout.size());
  }

  private static void subtract(float[] values, float[] others, int size) {
    for (int i = 0; i < size; i++) {
      values[i] -= others[i];
    }
  }

  private void clip(Clipping clipping, Block block) {
    float threshold = (float) clipping.threshold();
    if (clipping.kind() == GradientNormalization.ClipElementWiseAbsoluteValue) {
      for (int i = block.from(); i < block.to(); i++) {
        gradient[i] = Math.max(-threshold, Math.min(threshold, gradient[i]));
      }
    } else if (clipping.kind() == GradientNormalization.ClipL2PerLayer) {
      double squares = 0;
      for (int i = block.from(); i < block.to(); i++) {
        squares += (double) gradient[i] * gradient[i];
      }
      if (Math.sqrt(squares) > clipping.threshold()) {
        float factor = (float) (clipping.threshold() / Math.sqrt(squares));
        for (int i = block.from(); i < block.to(); i++) {
          gradient[i] *= factor;
        }
      }
    }
  }

  /** Of weights, not of biases. */
  private void regularize(Weighted weighted, Block block) {
    float l1 = (float) weighted.settings().penalty().l1();
    float l2 = (float) weighted.settings().penalty().l2();
    int to = block.to() - weighted.units();
    if (l1 > 0) {
      addSigns(gradient, parameters, l1, block.from(), to);
    }
    if (l2 > 0) {
      add(gradient, parameters, l2, block.from(), to);
    }
  }

  private void decay(Weighted weighted, Block block, double rate) {
    Penalty penalty = weighted.settings().penalty();
    double factor = penalty.decay() * (penalty.scaled() ? rate : 1);
    add(gradient, parameters, (float) factor, block.from(), block.to() - weighted.units());
  }

  private static void add(float[] target, float[] values, float factor, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += factor * values[i];
    }
  }

  /** The sign is a number between -1 and 1 that was made very large before. */
  private static void addSigns(float[] target, float[] values, float factor, int from, int to) {
    for (int i = from; i < to; i++) {
      float large = values[i] * Float.MAX_VALUE * Float.MAX_VALUE;
      target[i] += factor * Math.max(-1, Math.min(1, large));
    }
  }

  @Override
  public float[] predictions(Rows rows) {
    return network.predictions(rows);
  }

  @Override
  public int steps() {
    return steps;
  }

  /** In the order of the layout; the state kind after kind. */
  @Override
  public Weights weights() {
    float[] all = new float[state.length * layout.size()];
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(state[i], 0, all, i * layout.size(), layout.size());
    }
    return new Weights(parameters.clone(), all);
  }

  @Override
  public void restore(Weights weights, int taken) {
    if (weights.parameters().length != parameters.length) {
      throw new IllegalArgumentException("weights of another network");
    }
    steps = taken;
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
