package dev.gauntlet.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutCudaTest {
  @TempDir Path folder;

  /** A service of the CPU. */
  public static final class OfCpu implements Supplier<String> {
    @Override
    public String get() {
      return "cpu";
    }
  }

  /** As in the jar for clusters: one file for all backends; the class of CUDA is not even there. */
  @Test
  void load_mergedServices_areThoseOfTheCpu() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Supplier.class.getName()),
        "# both\norg.nd4j.linalg.jcublas.Service\n" + OfCpu.class.getName() + "\n");

    try (var jar = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      assertThat(ServiceLoader.load(Supplier.class, new WithoutCuda(jar)))
          .extracting(Supplier::get)
          .containsExactly("cpu");
    }
  }

  @Test
  void choose_buildWithoutGpu_computesOnTheCpuForGood() {
    BlasKernel.choose();

    assertThat(Backend.isGpu()).isFalse();
    assertThat(Backend.chooseGpu()).isFalse();
    assertThat(Backend.isGpu()).isFalse();
  }
}
