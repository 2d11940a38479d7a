package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaSmiTest {
  @TempDir Path folder;

  /** A program that says this, and notes what it was asked. */
  private NvidiaSmi saying(String answer) throws IOException {
    Path script = folder.resolve("nvidia-smi");
    Files.writeString(
        script, "#!/bin/sh\necho \"$@\" >\"%s/asked\"\necho '%s'\n".formatted(folder, answer));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return new NvidiaSmi(script.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tesla K80, 3.7", "Tesla V100-SXM2-16GB, 7.0", "NVIDIA L4, 8.9"})
  void requireUsable_gpuOfKeplerToAda_isFine(String answer) throws IOException {
    NvidiaSmi nvidia = saying(answer);

    assertThatCode(() -> nvidia.requireUsable(2)).doesNotThrowAnyException();

    assertThat(folder.resolve("asked"))
        .hasContent("--id=2 --query-gpu=name,compute_cap --format=csv,noheader");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NVIDIA H100 80GB HBM3, 9.0 | NVIDIA H100 80GB HBM3, has compute capability 9.0
          NVIDIA B200, 10.0          | NVIDIA B200, has compute capability 10.0
          Tesla K40m, 3.5            | Tesla K40m, has compute capability 3.5
          """)
  void requireUsable_gpuWithoutCode_saysWhatToUseInstead(String answer, String start)
      throws IOException {
    NvidiaSmi nvidia = saying(answer);

    assertThatThrownBy(() -> nvidia.requireUsable(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "GPU 0, "
                + start
                + "; the rule: 3.7 to 8.9, which ND4J's build for CUDA 11.6 has code for."
                + " Maybe run.engine=fused, which trains on the CPU.");
  }

  @Test
  void requireUsable_driverThatIsGone_saysWhatNvidiaSmiSays() throws IOException {
    NvidiaSmi nvidia = saying("NVIDIA-SMI has failed: no driver.");

    assertThatThrownBy(() -> nvidia.requireUsable(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("GPU 1: nvidia-smi says \"NVIDIA-SMI has failed: no driver.\"; ")
        .hasMessageContaining("Maybe run.engine=fused");
  }

  @Test
  void requireUsable_noProgram_saysSo() {
    assertThatThrownBy(() -> new NvidiaSmi(folder + "/none").requireUsable(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "GPU 0: no nvidia-smi on the path; the rule: a driver of NVIDIA, with it."
                + " Maybe run.engine=fused, which trains on the CPU.");
  }

  @Test
  void device_address_isTheNumberThatCudaCounts() {
    assertThat(Gpu.device("3")).isEqualTo(3);
    assertThatThrownBy(() -> Gpu.device("GPU-8a56a4bc-5c4c-4ad8"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "GPU address \"GPU-8a56a4bc-5c4c-4ad8\"; the rule: the number that nvidia-smi has for"
                + " it. Maybe submit/gpus.sh as the discovery script.");
  }
}
