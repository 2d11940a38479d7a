package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock is set forward or back by a day, and nothing but timestamps changes; no deadline is
 * reached. As when a person or a time server sets it: the time since the system's start, which
 * waiting goes by, runs on. Needs libfaketime (Debian: faketime).
 */
class ClockChaos {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration DRIFT = Duration.ofMinutes(10);

  /** A day is longer than either deadline. */
  private static final List<String> SEARCH =
      Searches.small("run.trial-timeout=1h", "search.max-time=12h");

  @TempDir static Path folder;
  private static Path library;
  private static List<String> begun;

  @BeforeAll
  static void runWithAClockThatIsNotSet() throws Exception {
    library = library();
    assumeTrue(library != null, "libfaketime is not installed. Maybe: apt-get install faketime");
    setClock("reference", "+0d");
    finish("reference");
    begun = Files.readAllLines(log("reference"));
  }

  private static Path library() {
    return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu", ".")
        .map(system -> Path.of("/usr/lib", system, "faketime", "libfaketime.so.1"))
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }

  private static Path run(String name) {
    return folder.resolve(name);
  }

  private static Path log(String name) {
    return folder.resolve(name + ".trainings");
  }

  /** In one step: the process reads the file whenever it asks for the time. */
  private static void setClock(String name, String offset) throws IOException {
    Path next = Files.writeString(folder.resolve(name + ".next"), offset);
    Files.move(next, folder.resolve(name + ".clock"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Process start(String name) throws IOException {
    ProcessBuilder builder = ChaosRun.process("local[2]", run(name), log(name), "never", SEARCH);
    builder
        .environment()
        .putAll(
            Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", folder.resolve(name + ".clock").toString(),
                "FAKETIME_NO_CACHE", "1",
                "DONT_FAKE_MONOTONIC", "1",
                // Without it no thread waits: all of them spin.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1"));
    return builder.start();
  }

  private static void finish(String name) throws Exception {
    assertDone(name, start(name));
  }

  private static void assertDone(String name, Process process) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
  }

  /** Until so many trainings have begun. */
  private static void await(String name, int trainings) throws Exception {
    long start = System.nanoTime();
    while (Files.notExists(log(name)) || Files.readAllLines(log(name)).size() < trainings) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(5));
      Thread.sleep(20);
    }
  }

  private static Instant time(String name, String key) throws IOException {
    JsonNode record = JsonMapper.builder().build().readTree(run(name).resolve("run.json").toFile());
    return Instant.parse(record.get(key).asText());
  }

  private static Duration signed(String offset) {
    return offset.startsWith("-") ? DAY.negated() : DAY;
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1d", "-1d"})
  void run_clockIsSetMeanwhile_isTheSame(String offset) throws Exception {
    String name = "meanwhile" + offset;
    setClock(name, "+0d");
    Process process = start(name);
    await(name, 3);
    setClock(name, offset);
    assertDone(name, process);

    Duration seen = Duration.between(time(name, "started"), time(name, "finished"));
    assertThat(seen).isCloseTo(signed(offset), DRIFT);
    Searches.assertSame(run(name), run("reference"));
    assertThat(Files.readAllLines(log(name))).containsExactlyInAnyOrderElementsOf(begun);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1d", "-1d"})
  void resume_clockIsSetAfterTheKill_isTheSame(String offset) throws Exception {
    String name = "between" + offset;
    setClock(name, "+0d");
    Process process = start(name);
    await(name, 5);
    process.destroyForcibly().waitFor();
    setClock(name, offset);
    finish(name);

    Duration seen = Duration.between(Instant.now(), time(name, "finished"));
    assertThat(seen).isCloseTo(signed(offset), DRIFT);
    Searches.assertSame(run(name), run("reference"));
    assertThat(Files.readAllLines(log(name))).containsAll(begun).hasSizeLessThan(begun.size() + 3);
  }
}
