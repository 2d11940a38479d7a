package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.NativeThreads;

/** The calling thread, by BLAS and loops. */
final class Cpu implements Device {

  @Override
  public Program program(Plan plan, Layout layout, Examples examples, int batch) {
    return new CpuProgram(plan, layout, examples, batch);
  }

  @Override
  public float[] predictions(Plan plan, Layout layout, float[] parameters, Rows rows) {
    NativeThreads.one();
    try (var network = Network.predicting(plan, layout, parameters)) {
      return network.predictions(rows);
    }
  }
}
