package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.train.TrainingTask;
import org.nd4j.linalg.learning.config.IUpdater;

/** A network that is being trained: its seeds, its schedules and its steps so far. */
final class FusedLearner implements Learner {
  private final TrainingTask task;
  private final IUpdater updater;
  private final int numbers;
  private final Program program;
  private int steps;
  private int epoch;
  private long mask;

  /**
   * @param initial in the order of the layout
   * @param taken steps by then
   */
  FusedLearner(
      Device device, Plan plan, Layout layout, TrainingTask task, Weights initial, int taken) {
    this.task = task;
    this.updater = plan.updater();
    this.numbers = layout.size();
    int batch = Math.min(task.candidate().plan().batchSize(), task.training().size());
    this.program = device.program(plan, layout, Examples.of(task), batch);
    restore(initial, taken);
  }

  @Override
  public void begin(int number) {
    epoch = number - 1;
    mask = task.seed().derive("dropout", number).value();
  }

  @Override
  public double step(int[] order, int from, int size) {
    double rate = updater.hasLearningRate() ? updater.getLearningRate(steps, epoch) : 1;
    double loss = program.step(order, from, size, steps, rate, mask);
    steps++;
    return loss;
  }

  @Override
  public float[] predictions(Rows rows) {
    return program.predictions(rows);
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public Weights weights() {
    return program.weights();
  }

  @Override
  public void restore(Weights weights, int taken) {
    if (weights.parameters().length != numbers) {
      throw new IllegalArgumentException("weights of another network");
    }
    steps = taken;
    program.restore(weights);
  }

  @Override
  public void close() {
    program.close();
  }
}
