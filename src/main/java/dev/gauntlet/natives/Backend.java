package dev.gauntlet.natives;

import org.nd4j.common.config.ND4JClassLoading;

/**
 * Which of ND4J's backends this process computes with. It has one for good, from the first use of
 * ND4J on, and left alone that is CUDA's where there is a device: in the driver too, and on a GPU
 * that was given to another. So CUDA is hidden from ND4J in every process that was given no GPU.
 * ND4J's own switches are variables of the environment, which Java cannot set for its own process.
 */
public final class Backend {
  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  /** Null until it is chosen. */
  private static Boolean gpu;

  private Backend() {}

  /** Whether this build has CUDA. */
  public static boolean hasCuda() {
    return Backend.class.getClassLoader().getResource(CUDA) != null;
  }

  /** The CPU's, unless that of GPUs was chosen before; to be called before ND4J is. */
  static synchronized void choose() {
    if (gpu == null) {
      gpu = false;
      if (hasCuda()) {
        ND4JClassLoading.setNd4jClassloader(new WithoutCuda(ND4JClassLoading.getNd4jClassloader()));
      }
    }
  }

  /**
   * That of GPUs; to be called before ND4J is.
   *
   * @return false if this process computes on the CPU already
   */
  public static synchronized boolean chooseGpu() {
    if (gpu == null) {
      gpu = true;
    }
    return gpu;
  }

  /** Whether this process computes on GPUs. */
  public static synchronized boolean isGpu() {
    return Boolean.TRUE.equals(gpu);
  }
}
