package dev.gauntlet.natives;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * Which of its kernels OpenBLAS computes with. Left alone, it knows processors by their names, and
 * for one that it does not know it takes kernels that are old: a quarter of the speed on an AMD
 * processor with AVX-512. Here it is the instructions that decide. OpenBLAS reads the choice from
 * the environment when it is loaded, and Java cannot change that of its own process, so the C
 * library does.
 */
public final class BlasKernel {
  private static final String VARIABLE = "OPENBLAS_CORETYPE";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Instructions that a kernel needs, best first. */
  private record Kernel(String name, Set<String> instructions) {}

  private static final List<Kernel> KERNELS =
      List.of(
          new Kernel(
              "SkylakeX", Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "fma")),
          new Kernel("Haswell", Set.of("avx2", "fma")));

  private static boolean chosen;

  private BlasKernel() {}

  private interface CLibrary extends Library {
    int setenv(String name, String value, int overwrite);
  }

  /**
   * To be called before ND4J is, by whatever class does so first; it has its backend from then on
   * too. Chooses no kernel where the variable {@value #VARIABLE} is set, and where the instructions
   * are not known.
   */
  public static synchronized void choose() {
    if (!chosen) {
      chosen = true;
      Backend.choose();
      if (System.getenv(VARIABLE) == null) {
        of(instructions()).ifPresent(BlasKernel::set);
      }
    }
  }

  private static void set(String kernel) {
    try {
      CLibrary library = Native.loadLibrary("c", CLibrary.class);
      library.setenv(VARIABLE, kernel, 0);
    } catch (LinkageError e) {
      // OpenBLAS then chooses by itself.
    }
  }

  /** What OpenBLAS, which this loads, says; empty if it cannot be asked. */
  public static Optional<String> loaded() {
    try {
      String library = Loader.load(openblas.class);
      Function name = NativeLibrary.getInstance(library).getFunction("openblas_get_corename");
      return Optional.of(name.invokeString(new Object[0], false));
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /** The best kernel for a processor that has these; empty if OpenBLAS had better choose. */
  static Optional<String> of(Set<String> instructions) {
    return KERNELS.stream()
        .filter(kernel -> instructions.containsAll(kernel.instructions()))
        .map(Kernel::name)
        .findFirst();
  }

  /** As Linux names them; empty elsewhere. */
  static Set<String> instructions() {
    if (!Files.isReadable(PROCESSOR)) {
      return Set.of();
    }
    try {
      return Files.readAllLines(PROCESSOR).stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .map(flags -> (Set<String>) new HashSet<>(Arrays.asList(flags.split("\\s+", -1))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
