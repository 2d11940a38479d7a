package dev.gauntlet.engine;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.engine.base.Gpu;
import dev.gauntlet.natives.Backend;

/** GPUs, for those who give them to trials. */
public final class Gpus {
  private Gpus() {}

  /** Whether this build computes on them: {@code -Pcuda}. */
  public static boolean areSupported() {
    return Backend.hasCuda();
  }

  /**
   * Has this thread train on a GPU. The first thing that a process does with networks, if it is to
   * use GPUs at all.
   *
   * @param address as its discovery script announced it
   * @throws InvalidInputException if this build computes on GPUs, but not on this one
   */
  public static void pin(String address) {
    Gpu.pin(address);
  }
}
