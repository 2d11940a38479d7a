package dev.gauntlet.engine.base;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.natives.Backend;
import dev.gauntlet.natives.BlasKernel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.factory.Nd4j;

/** The GPU that a thread trains on. */
public final class Gpu {
  private static final Set<Integer> USABLE = ConcurrentHashMap.newKeySet();

  private Gpu() {}

  /** Whether ND4J computes on GPUs in this process. */
  public static boolean isUsed() {
    return Backend.isGpu();
  }

  /**
   * What ND4J computes in this thread, it computes there from now on. Does nothing in a build
   * without CUDA, which computes on the CPU.
   *
   * @param address as the discovery script announced it
   * @throws InvalidInputException if CUDA does not run there
   */
  public static void pin(String address) {
    if (!Backend.hasCuda()) {
      return;
    }
    int device = device(address);
    if (!USABLE.contains(device)) {
      new NvidiaSmi("nvidia-smi").requireUsable(device);
      begin(device);
      USABLE.add(device);
    }
    Nd4j.getAffinityManager().unsafeSetDevice(device);
  }

  /** ND4J counts devices; an identifier says nothing to it. */
  static int device(String address) {
    if (!address.matches("\\d{1,4}")) {
      throw new InvalidInputException(
          "GPU address \"%s\"; the rule: the number that nvidia-smi has for it. Maybe submit/gpus.sh as the discovery script."
              .formatted(address));
    }
    return Integer.parseInt(address);
  }

  private static void begin(int device) {
    if (!Backend.chooseGpu()) {
      throw new IllegalStateException("this process computes on the CPU already");
    }
    BlasKernel.choose();
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    int devices = Nd4j.getAffinityManager().getNumberOfDevices();
    if (!backend.equals("JCublasBackend") || device >= devices) {
      throw new InvalidInputException(
          "GPU %d: ND4J does not start there (it took %s, and sees %d); the rule: the libraries of CUDA 11.6 where the system looks for libraries, and every GPU that is announced visible. Maybe LD_LIBRARY_PATH or CUDA_VISIBLE_DEVICES.%s"
              .formatted(device, backend, devices, NvidiaSmi.ELSE));
    }
  }
}
