package dev.gauntlet.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlasKernelTest {
  private static final Set<String> AVX_512 =
      Set.of("fma", "avx2", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "sse4_2");

  @Test
  void of_instructions_isTheBestThatTheyAllow() {
    assertThat(BlasKernel.of(AVX_512)).hasValue("SkylakeX");
    assertThat(BlasKernel.of(Set.of("sse4_2", "avx", "avx2", "fma"))).hasValue("Haswell");
    assertThat(BlasKernel.of(Set.of("sse4_2", "avx"))).isEmpty();
    assertThat(BlasKernel.of(Set.of())).isEmpty();
  }

  /** As of Knights Landing, which has some of them: it would die of an illegal instruction. */
  @Test
  void of_anyInstructionMissing_isNoKernelThatNeedsIt() {
    for (String one : AVX_512) {
      Set<String> others = new TreeSet<>(AVX_512);
      others.remove(one);
      if (one.startsWith("avx512")) {
        assertThat(BlasKernel.of(others)).as(one).hasValue("Haswell");
      }
    }
  }

  @Test
  void loaded_onLinux_isNamed() {
    BlasKernel.choose();

    assertThat(BlasKernel.loaded()).hasValueSatisfying(name -> assertThat(name).isNotBlank());
  }
}
