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
            "24 candidates (random), 1 training each, ranked by accuracy, larger is better",
            "the best 3: 10 folds, 100 Monte Carlo dropout passes; 57 trials in all");
  }

  @Test
  void validate_quickstart_showsSpaceSamplesAndTrainings() {
    assertThat(execute("validate", "conf/quickstart.yaml")).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains(
            "optimizer.learning-rate sgd log 0.001 to 0.3",
            " training: epochs 30, loss auto",
            "A full grid, at 5 steps for each interval: 324,000 points.",
            "Candidate 0: dense 8-8-8 sigmoid",
            "dense 8 248 sigmoid",
            "total 401",
            "optimizer: adam, learning-rate 0.000154",
            "training: batch-size 32, epochs 30",
            "Candidate 2: dense 32-32-32 tanh, batch norm, dropout 0.2",
            "sigmoid, dropout 0.2 of its inputs",
            "search 24 720",
            "folds of winners 30 900",
            "total 60 1,800 at most")
        .doesNotContain("Candidate 3", "seconds per epoch");
  }

  @Test
  void validate_trainingInStages_saysHowManyAndForHowLong() {
    int exit =
        execute(
            "validate",
            "conf/quickstart.yaml",
            "--set",
            "search={strategy: halving, candidates: 27, max-time: 120s}");

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains(
            "27 candidates (halving), 40 trainings in stages, ranked by accuracy, larger is"
                + " better, for at most 2m");
  }

  /** Seven times pooling is too much for 6 x 5 pixels. */
  @Test
  void validate_networksThatCannotBeBuilt_saysSo() {
    int exit =
        execute(
            "validate",
            "conf/quickstart.yaml",
            "--set",
            "space.network={type: convolutional, image: 1x6x5, blocks: [{repeat: 7}]}");

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("networks of which none of the first 24 can be built", "cannot be built: block")
        .doesNotContain("-9223372036854775808");
  }

  @Test
  void validate_probe_measuresAndEstimates() {
    assertThat(
            execute(
                "validate",
                "conf/quickstart.yaml",
                "--probe",
                "--set",
                "search.candidates=1",
                "--set",
                "run.slots=3"))
        .isZero();
    assertThat(out.toString())
        .containsPattern("candidate 0 +[0-9.]+")
        .containsPattern("Time +at most .* \\(search .*, gauntlet .*\\), if the mean")
        .contains("on 3 slots of this speed, every planned epoch trained");
  }

  @Test
  void validate_gridAboveTheBudget_exitsWithTwoAndSaysItsSize() {
    int exit =
        execute(
            "validate",
            "conf/quickstart.yaml",
            "--set",
            "search.strategy={type: grid, steps: 2}",
            "--set",
            "space.network={type: dense}");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("search.candidates: the grid has 144 candidates; the rule: at most 24.")
        .contains("1 problem; nothing was run.")
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void validate_gridThatOverflows_exitsWithTwoAndSaysItsSize() {
    // 1000 values of 6 ranges, and 3 x 3 x 2 x 2 x 2 of choices: 72 x 10^18, and a long ends at 9.
    String units = "space.network.units={min: 1, max: 60000}";
    String dropout = "space.network.dropout={min: 0, max: 0.5}";
    String batch = "space.training.batch-size={min: 1, max: 1000}";
    int exit =
        execute(
            "validate",
            "conf/quickstart.yaml",
            "--set",
            "search.strategy={type: grid, steps: 1000}",
            "--set",
            units,
            "--set",
            dropout,
            "--set",
            batch);

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("the grid has 72000000000000000000 candidates; the rule");
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
    assertThat(err.toString())
        .contains("--master locl[2]: no master of this machine; the rule: local,")
        .contains("Maybe local[2].");
    assertThat(execute("run", "conf/quickstart.yaml", "--master", "spark://h:7077")).isEqualTo(2);
    assertThat(err.toString()).contains("A cluster needs spark-submit. Maybe submit/cluster.sh.");
    assertThat(execute("run", "conf/quickstart.yaml", "--output", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("not empty, and holds no journal; a run overwrites nothing.");
  }
}
