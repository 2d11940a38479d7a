package dev.gauntlet.engine.dl4j;

import org.bytedeco.javacpp.Pointer;

/**
 * Keeps native memory bounded. JavaCPP's own check reads the size of the process at every array,
 * which takes a third of the time of small networks; submit/local.sh turns it off, and this looks
 * once in a while instead.
 */
final class NativeMemory {
  private static final long LIMIT = 4 * Runtime.getRuntime().maxMemory();
  private static final int INTERVAL = 32;

  private int steps;

  /** To be called once per step; collects arrays that are no longer used if there are too many. */
  void step() {
    if (++steps % INTERVAL == 0 && Pointer.physicalBytes() > LIMIT) {
      System.gc();
    }
  }
}
