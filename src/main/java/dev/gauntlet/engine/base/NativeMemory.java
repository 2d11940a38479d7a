package dev.gauntlet.engine.base;

import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;

/**
 * Keeps native memory bounded. JavaCPP's own check reads the size of the process at every array,
 * which takes a third of the time of small networks; submit/local.sh turns it off, and this looks
 * once in a while instead.
 */
public final class NativeMemory {
  private static final long LIMIT = 4 * Runtime.getRuntime().maxMemory();
  private static final int INTERVAL = 32;

  /** Of all trials of this process: an epoch may have fewer steps than the interval. */
  private static final AtomicInteger STEPS = new AtomicInteger();

  private NativeMemory() {}

  /**
   * To be called once per forward or training step; collects arrays that are no longer used if
   * there are too many.
   */
  public static void step() {
    if (STEPS.incrementAndGet() % INTERVAL == 0 && Pointer.physicalBytes() > LIMIT) {
      System.gc();
    }
  }
}
