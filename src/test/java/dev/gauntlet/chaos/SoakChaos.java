package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Search after search in one process: what it holds does not grow. */
class SoakChaos {
  private static final int MINUTES = Integer.getInteger("soak.minutes", 3);

  @Test
  void searches_oneAfterTheOther_leaveNothingBehind() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux, which counts");
    Path samples = Files.createDirectories(Path.of("target")).resolve("soak.txt");
    ProcessBuilder builder =
        ChaosRun.java(Soak.class.getName(), Integer.toString(MINUTES))
            .redirectOutput(samples.toFile());
    // The system counts pages of the heap once they were used; so all are, from the beginning.
    builder.command().addAll(1, List.of("-Xms1g", "-XX:+AlwaysPreTouch"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES + 10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(samples)).isZero();
  }

  private static List<SoakSample> samples(int searches, int bytes, int descriptors) {
    return IntStream.range(0, searches)
        .mapToObj(i -> new SoakSample(i, 50 << 20, 0, bytes(i, bytes), 200 + i * descriptors, 30))
        .toList();
  }

  private static long bytes(int search, int each) {
    return (1L << 30) + (long) search * each;
  }

  @Test
  void growths_oneDescriptorPerSearch_areFound() {
    assertThat(Soak.growths(samples(30, 0, 0))).isEmpty();
    assertThat(Soak.growths(samples(30, 0, 1))).hasSize(1);
    assertThat(Soak.growths(samples(30, 32 << 20, 0))).hasSize(1);
  }

  @Test
  void growths_beforeTheSecondThird_areTheStart() {
    List<SoakSample> samples = new ArrayList<>(samples(10, 64 << 20, 5));
    SoakSample last = samples.get(9);
    Stream.generate(() -> last).limit(20).forEach(samples::add);
    assertThat(Soak.growths(samples)).isEmpty();
  }
}
