package dev.gauntlet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a terminal, cron and a second terminal see it. */
class InterruptIT {
  private static final int TERMINATED = 143;

  /** Where the machine is so busy that stopping in order takes too long. */
  private static final int GIVEN_UP = 130;

  @TempDir Path folder;

  private Process start(String log, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "submit/local.sh",
                Searches.CONF.toString(),
                "--master",
                "local[1]",
                "--output",
                run().toString(),
                "--progress",
                "plain"));
    for (String override : Searches.small("search.candidates=20", "space.training.epochs=50")) {
      command.addAll(List.of("--set", override));
    }
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private Path run() {
    return folder.resolve("run");
  }

  private String output(String log) throws IOException {
    return Files.readString(folder.resolve(log));
  }

  private void awaitTrial(Process process, String log) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!output(log).contains("[search 3/")) {
      assertThat(process.isAlive() && System.nanoTime() < end).as(output(log)).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void signal(Process process, String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void run_terminated_saysHowToGoOnAndGoesOn() throws Exception {
    Process first = start("first");
    awaitTrial(first, "first");
    // Or it might have finished before the second process is up.
    signal(first, "STOP");

    long start = System.nanoTime();
    Process second = start("second");
    assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue()).isEqualTo(2);
    double refused = (System.nanoTime() - start) / 1e9;
    assertThat(output("second")).contains("run folder " + run(), "process " + first.pid() + " on ");

    start = System.nanoTime();
    signal(first, "TERM");
    signal(first, "CONT");
    assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
    double stopped = (System.nanoTime() - start) / 1e9;
    assertThat(first.exitValue()).isIn(TERMINATED, GIVEN_UP);
    assertThat(output("first"))
        .contains("Interrupted. What is finished is in " + run() + "; the same command goes on.")
        .doesNotContain("\tat ");
    assertThat(stopped).isLessThan(5);
    assertThat(refused).isLessThan(20);

    Process third = start("third", "--set", "run.max-failed=0");
    assertThat(third.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(third.exitValue()).as(output("third")).isZero();
    assertThat(output("third"))
        .containsPattern("Resumes   " + run() + ": [0-9]+ finished trainings will not be repeated")
        .doesNotContain("[search 1/");
  }
}
