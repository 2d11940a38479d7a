package dev.gauntlet.engine.fused;

/** Over the first numbers of arrays; the compiler turns these into vector instructions. */
final class Loops {
  private Loops() {}

  static void add(float[] target, float[] other, int size) {
    for (int i = 0; i < size; i++) {
      target[i] += other[i];
    }
  }

  static void multiply(float[] target, float[] other, int size) {
    for (int i = 0; i < size; i++) {
      target[i] *= other[i];
    }
  }
}
