package dev.gauntlet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shell around the search; what goes wrong here goes wrong before Spark starts. */
class GauntletCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  private int execute(String... arguments) {
    return GauntletCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void help_namesCommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("run ", "validate ", "schema ", "Exit codes:");
    assertThat(execute("run", "--help")).isZero();
    assertThat(out.toString()).contains("--master", "--output", "--set", "auto, plain or none");
  }

  @Test
  void version_isPrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("gauntlet ");
  }

  @Test
  void validate_quickstart_saysWhatARunWouldDo() {
    assertThat(execute("validate", "conf/quickstart.yaml")).isZero();
    assertThat(out.toString())
        .contains(
            "569 rows x 30 features: 357 benign, 212 malignant",
            "24 candidates (random), 1 training each, ranked by accuracy",
            "the best 3: 10 folds, 100 Monte Carlo dropout passes; 57 trials in all");
  }

  @Test
  void schema_isTheOneThatShips() throws IOException {
    assertThat(execute("schema")).isZero();
    assertThat(out).hasToString(Files.readString(Path.of("conf/gauntlet.schema.json")));
  }

  @Test
  void describe_dataFile_showsColumnsAndClasses() {
    String data = "conf/data/breast-cancer.csv";

    assertThat(execute("describe", data, "--label", "diagnosis")).isZero();
    assertThat(out.toString())
        .contains("569 rows (0 of them test rows) x 30 columns", "357   62.7 %  benign")
        .contains("always the largest class: accuracy 0.6274", "mean_radius")
        .doesNotContain("Warning");
  }

  @Test
  void describe_json_isJson() throws IOException {
    assertThat(execute("describe", "conf/quickstart.yaml", "--json")).isZero();

    var json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("rows").asInt()).isEqualTo(569);
    assertThat(json.get("columns")).hasSize(30);
  }

  @Test
  void describe_withoutALabel_saysHowToNameIt() {
    assertThat(execute("describe", "conf/data/breast-cancer.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("label: missing; the rule: the column to predict");
  }

  static Stream<Path> configurations() throws IOException {
    try (var files = Files.list(Path.of("conf"))) {
      return files.filter(path -> path.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void validate_everyShippedConfiguration_isCorrect(Path conf) {
    assertThat(execute("validate", conf.toString())).isZero();
  }

  @Test
  void wrongCommands_exitWithTwo() {
    assertThat(execute()).isEqualTo(2);
    assertThat(execute("rnu", "x")).isEqualTo(2);
    assertThat(execute("run")).isEqualTo(2);
    assertThat(execute("run", "conf/quickstart.yaml", "--progress", "loud")).isEqualTo(2);
    assertThat(err.toString()).contains("expected one of [AUTO, PLAIN, NONE]");
  }

  @Test
  void wrongConfiguration_listsEveryProblemWithoutAStackTrace() {
    int exit = execute("run", "conf/quickstart.yaml", "--set", "seed=x", "--set", "data.lable=y");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("--set seed=x: seed: x; the rule: a whole number.")
        .contains("data.lable: unknown key. Maybe \"label\".")
        .contains("2 problems; nothing was run.")
        .doesNotContain("\tat ");
  }

  @Test
  void wrongData_exitsWithTwo() throws IOException {
    Path data = Files.writeString(folder.resolve("d.csv"), "x,diagnosis\n1,a\nfoo,b\n");

    assertThat(execute("validate", "conf/quickstart.yaml", "--set", "data.path=" + data))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith(data + ":3: column \"x\": \"foo\"; the rule: a number, as in");
  }

  @Test
  void wrongMasterOrOutput_exitsWithTwoBeforeSparkStarts() throws IOException {
    Files.writeString(folder.resolve("mine"), "x");

    assertThat(execute("run", "conf/quickstart.yaml", "--master", "locl[2]")).isEqualTo(2);
    assertThat(err.toString()).contains("--master locl[2]: no master of Spark");
    assertThat(execute("run", "conf/quickstart.yaml", "--output", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("not empty, and a run overwrites nothing.");
  }
}
