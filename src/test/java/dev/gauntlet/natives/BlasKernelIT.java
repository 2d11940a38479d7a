package dev.gauntlet.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gauntlet.chaos.ChaosRun;
import dev.gauntlet.search.TestSpaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice is made before OpenBLAS is loaded: a process that makes a network first of all. */
class BlasKernelIT {

  @ParameterizedTest
  @ValueSource(strings = {"", "Haswell"})
  void loaded_afterTheFirstNetwork_isTheChosenOne(String asked) throws Exception {
    Optional<String> best = BlasKernel.of(BlasKernel.instructions());
    assumeTrue(best.isPresent(), "needs Linux on a processor with AVX2");
    ProcessBuilder builder = ChaosRun.java(BlasKernelIT.class.getName());
    builder.environment().remove("OPENBLAS_CORETYPE");
    if (!asked.isEmpty()) {
      builder.environment().put("OPENBLAS_CORETYPE", asked);
    }
    Path log = Files.createTempFile("kernel", ".txt");

    Process process = builder.redirectOutput(log.toFile()).start();

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(log, StandardCharsets.UTF_8).lines())
        .contains("kernel " + (asked.isEmpty() ? best.get() : asked));
  }

  public static void main(String[] arguments) {
    TestSpaces.candidate(4, 2);
    System.out.println("kernel " + BlasKernel.loaded().orElse("unknown"));
  }
}
