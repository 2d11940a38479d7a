package dev.gauntlet.engine.base;

import dev.gauntlet.natives.BlasKernel;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What native code needs before it runs. One native thread per trial: Spark runs trials side by
 * side, and results depend on the number of threads that a sum is split over.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /** Of the calling thread for OpenMP, of the process for BLAS. */
  public static void one() {
    BlasKernel.choose();
    RecentArrays.keep();
    // The backend first: the holder of the native operations is filled by it.
    Nd4j.getBackend();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    openblas.blas_set_num_threads(1);
  }
}
