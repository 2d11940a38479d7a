package dev.gauntlet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.chaos.Searches;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run} as its user meets it a second time. */
class RunCommandIT {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", Searches.CONF.toString()));
    arguments.addAll(List.of("--master", "local[1]", "--progress", "plain"));
    arguments.addAll(List.of("--output", folder.resolve("run").toString()));
    for (String override : Searches.small("search.candidates=4")) {
      arguments.addAll(List.of("--set", override));
    }
    arguments.addAll(List.of(more));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return GauntletCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void run_again_resumesExtendsRefusesOrStartsOver() throws Exception {
    assertThat(run()).as(err.toString()).isZero();
    assertThat(out.toString()).doesNotContain("Resumes");
    byte[] leaderboard = Files.readAllBytes(folder.resolve("run/leaderboard.csv"));

    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("Resumes   " + folder.resolve("run") + ": 16 finished trainings will not be");
    assertThat(err.toString()).isEmpty();
    assertThat(folder.resolve("run/leaderboard.csv")).hasBinaryContent(leaderboard);

    assertThat(run("--set", "search.candidates=5")).isZero();
    assertThat(err.toString()).contains("[search 5/5] candidate 4").doesNotContain("[search 4/5]");

    assertThat(run("--set", "data.scale=minmax")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "run holds another search: data.scale is standardize there and minmax here.",
            "Maybe --fresh starts over in a new folder",
            "1 problem; nothing was run.");

    assertThat(run("--set", "data.scale=minmax", "--fresh")).isZero();
    assertThat(out.toString()).contains("Run folder: " + folder.resolve("run-2"));
  }

  @Test
  void run_moreFailuresThanAllowed_isExitCodeOneAndStillALeaderboard() {
    String optimizer =
        "space.optimizer={type: sgd, learning-rate: {choice: [0.01, 0.1, 1e30, 1e31]}}";

    assertThat(run("--set", optimizer, "--set", "run.max-failed=0")).isEqualTo(1);

    assertThat(err.toString()).contains(" failed, and run.max-failed is 0.");
    assertThat(out.toString()).contains("4 candidates: ").contains("Best: candidate ");
  }
}
