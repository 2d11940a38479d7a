package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the steps of all its programs together, as a device would whose products are for many
 * networks at once: here the thread that comes last takes them one after the other.
 */
final class LockstepDevice implements Device {
  private final Cpu cpu = new Cpu();
  private final List<Integer> rounds = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private int open;

  /**
   * @param programs that will be made; none takes a step before all are there
   */
  LockstepDevice(int programs) {
    open = programs;
  }

  /** How many programs took each step, in the order of the steps. */
  synchronized List<Integer> rounds() {
    return List.copyOf(rounds);
  }

  @Override
  public Program program(Plan plan, Layout layout, Examples examples, int batch) {
    return new Waiting(cpu.program(plan, layout, examples, batch));
  }

  @Override
  public float[] predictions(Plan plan, Layout layout, float[] parameters, Rows rows) {
    return cpu.predictions(plan, layout, parameters, rows);
  }

  private synchronized void join(Waiting one) throws InterruptedException {
    waiting.add(one);
    stepIfComplete();
    while (one.step != null) {
      wait();
    }
  }

  private synchronized void leave() {
    open--;
    stepIfComplete();
  }

  private void stepIfComplete() {
    if (waiting.isEmpty() || waiting.size() < open) {
      return;
    }
    rounds.add(waiting.size());
    for (Waiting one : waiting) {
      one.step.run();
      one.step = null;
    }
    waiting.clear();
    notifyAll();
  }

  private final class Waiting implements Program {
    private final Program program;
    private Runnable step;
    private double loss;

    Waiting(Program program) {
      this.program = program;
    }

    @Override
    public double step(int[] order, int from, int size, int number, double rate, long mask) {
      step = () -> loss = program.step(order, from, size, number, rate, mask);
      try {
        join(this);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return loss;
    }

    @Override
    public float[] predictions(Rows rows) {
      return program.predictions(rows);
    }

    @Override
    public Weights weights() {
      return program.weights();
    }

    @Override
    public void restore(Weights weights) {
      program.restore(weights);
    }

    @Override
    public void close() {
      program.close();
      leave();
    }
  }
}
