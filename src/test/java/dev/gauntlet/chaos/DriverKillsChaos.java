package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.Progress;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 2: a driver that is killed costs the trials in flight, and nothing else. */
class DriverKillsChaos {
  private static final int SLOTS = 2;
  private static final int KILLS = Integer.getInteger("chaos.kills", 15);
  private static final int KILLED = 137;

  private static final String RANDOM = "random";

  private static final Map<String, List<String>> SEARCHES =
      Map.of(
          RANDOM,
          Searches.small(),
          "hyperband",
          Searches.small(
              "search.strategy=hyperband", "search.candidates=12", "space.training.epochs=9"));

  @TempDir static Path folder;
  private static final Map<String, Reference> REFERENCES = new HashMap<>();

  /** A run without a kill: how long it took, and the trainings that it began. */
  private record Reference(double seconds, List<String> begun) {}

  @BeforeAll
  static void runWithoutAKill() throws Exception {
    for (String search : SEARCHES.keySet()) {
      long start = System.nanoTime();
      finish(search, search);
      double seconds = (System.nanoTime() - start) / 1e9;
      REFERENCES.put(search, new Reference(seconds, Files.readAllLines(log(search))));
    }
  }

  private static Path run(String name) {
    return folder.resolve(name);
  }

  private static Path log(String name) {
    return folder.resolve(name + ".trainings");
  }

  private static Process start(String search, String name, String point) throws IOException {
    return ChaosRun.process(
            "local[" + SLOTS + "]", run(name), log(name), point, SEARCHES.get(search))
        .start();
  }

  private static void finish(String search, String name) throws Exception {
    Process process = start(search, name, "never");
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
  }

  /** In this process, which starts no other Java. */
  private static void finishHere(String name) {
    SearchConfig config = ConfigReader.read(Searches.CONF, SEARCHES.get(RANDOM));
    var engines = new FaultyEngines(Map.of(), log(name).toString());
    try (RunFolder folder = RunFolder.open(run(name).toString())) {
      ChaosRun.run("local[" + SLOTS + "]", config, engines, folder, Progress.NONE);
    }
  }

  /** But for times; and no trial was begun twice, but those that were under way at a kill. */
  private static void assertSameAsWithoutAKill(String search, String name, int kills)
      throws IOException {
    Searches.assertSame(run(name), run(search));
    try (Stream<String> lines = Files.lines(run(name).resolve("timings.csv"))) {
      List<String> trials =
          lines
              .map(line -> line.split(",", 7))
              .map(cells -> String.join(" ", List.of(cells).subList(0, 6)))
              .toList();
      assertThat(trials).doesNotHaveDuplicates();
    }
    List<String> again = new ArrayList<>(Files.readAllLines(log(name)));
    REFERENCES.get(search).begun().forEach(again::remove);
    assertThat(FaultyEngines.trials(again))
        .as(String.join(", ", again))
        .isLessThanOrEqualTo(kills * SLOTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {RANDOM, "hyperband"})
  void run_killedAtRandomMoments_isTheSameAtLast(String search) throws Exception {
    var random = new Random(20);
    int searches = 0;
    int kills = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String name = search + "-" + searches;
      Process process = start(search, name, "never");
      long moment = (long) (1000 * REFERENCES.get(search).seconds() * random.nextDouble());
      if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).isZero();
        assertSameAsWithoutAKill(search, name, kills);
        searches++;
        kills = 0;
      } else {
        process.destroyForcibly().waitFor();
        kills++;
      }
    }
    String name = search + "-" + searches;
    finish(search, name);
    assertSameAsWithoutAKill(search, name, kills);
  }

  /** In local mode a candidate may take the driver down; the same command comes to its end. */
  @Test
  void run_candidateThatEndsTheProcess_failsAloneAtLast() throws Exception {
    String name = "halting";
    assertThat(runHalting(name)).isEqualTo(1);
    assertThat(runHalting(name)).as(Files.readString(folder.resolve(name + ".log"))).isZero();

    assertThat(run(name).resolve("running")).doesNotExist();
    List<String> rows = Files.readAllLines(run(name).resolve("leaderboard.csv"));
    assertThat(rows.stream().filter(row -> row.contains(",failed: ")))
        .singleElement()
        .asString()
        .contains(",2,candidate,failed: the process that trained it died,");
    assertThat(rows).hasSize(1 + 6 + 1);
  }

  private static int runHalting(String name) throws Exception {
    ProcessBuilder builder =
        ChaosRun.process(
            "local[" + SLOTS + "]", run(name), log(name), "never", SEARCHES.get(RANDOM));
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dchaos.halting=2");
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-write-1",
        "before-write-4",
        "before-write-9",
        "before-write-15",
        "half-write-1",
        "half-write-2",
        "half-write-5",
        "half-write-10",
        "half-write-16",
        "after-write-2",
        "after-write-8",
        "before-force-3",
        "after-force-1",
        "after-force-6",
        "after-force-12",
        "before-rename-1",
        "before-rename-4",
        "after-rename-2",
        "before-rename-9",
        "after-rename-12"
      })
  void run_killedAtThisPoint_isTheSameAtLast(String point) throws Exception {
    Process process = start(RANDOM, point, point);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve(point + ".log")))
        .isEqualTo(KILLED);

    finishHere(point);

    assertSameAsWithoutAKill(RANDOM, point, 1);
  }
}
