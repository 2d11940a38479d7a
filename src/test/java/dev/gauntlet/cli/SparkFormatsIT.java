package dev.gauntlet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on files that Spark reads. */
class SparkFormatsIT {
  private static final String CANCER = "conf/data/breast-cancer.csv";
  private static final String[] SMALL = {
    "--set", "search.candidates=3",
    "--set", "space.training.epochs=3",
    "--set", "validate.winners=1",
    "--set", "validate.folds=3",
    "--set", "validate.mc-dropout.passes=0"
  };

  @TempDir static Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void write() throws IOException {
    try (SparkSession sql =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      var rows = sql.read().option("header", true).option("inferSchema", true).csv(CANCER);
      rows.coalesce(1).write().parquet(folder.resolve("cancer.parquet").toString());
      rows.coalesce(1).write().orc(folder.resolve("cancer.orc").toString());
      rows.coalesce(1).write().json(folder.resolve("cancer.jsonl").toString());
    }
    Files.writeString(folder.resolve("cancer.libsvm"), "1 1:2 3:4.5\n-1 2:1\n1 1:3\n");
  }

  private int execute(String... arguments) {
    int exit =
        GauntletCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(SparkEnv.get()).as("Spark is stopped").isNull();
    return exit;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "jsonl"})
  void describe_file_showsColumnsAndClasses(String format) {
    String file = folder.resolve("cancer." + format).toString();

    assertThat(execute("describe", file, "--label", "diagnosis")).isZero();
    assertThat(out.toString())
        .contains("569 rows (0 of them test rows) x 30 columns", "357   62.7 %  benign")
        .contains("mean_radius");
  }

  @Test
  void describe_libsvm_needsNoLabel() {
    String file = folder.resolve("cancer.libsvm").toString();

    assertThat(execute("describe", file)).isZero();
    assertThat(execute("describe", file, "--label", "label")).isZero();
    assertThat(out.toString())
        .contains("3 rows (0 of them test rows) x 3 columns", " 1\n", " -1\n");
  }

  @Test
  void validate_parquet_saysWhatARunWouldDo() {
    String data = "data.path=" + folder.resolve("cancer.parquet");

    assertThat(execute("validate", "conf/quickstart.yaml", "--set", data)).isZero();
    assertThat(out.toString()).contains("569 rows x 30 features: 357 benign, 212 malignant");
  }

  @Test
  void run_parquet_hasTheLeaderboardOfItsText() {
    String data = "data.path=" + folder.resolve("cancer.parquet");

    assertThat(run("text", "local[2]")).isZero();
    assertThat(run("parquet", "local[1]", "--set", data)).isZero();

    for (String file : List.of("leaderboard.csv", "leaderboard.json")) {
      assertThat(folder.resolve("parquet").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("text").resolve(file));
    }
  }

  private int run(String name, String master, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "conf/quickstart.yaml"));
    arguments.addAll(List.of("--master", master, "--progress", "none"));
    arguments.addAll(List.of("--output", folder.resolve(name).toString()));
    arguments.addAll(List.of(SMALL));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  @Test
  void run_missingColumn_stopsSpark() {
    String data = "data.path=" + folder.resolve("cancer.parquet");

    assertThat(run("none", "local[1]", "--set", data, "--set", "data.label=diagnosys"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(": data.label: no column \"diagnosys\". Maybe \"diagnosis\".");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** In a process of its own, with the log that users see. */
  @Test
  void describe_brokenFile_isOneLineAndNoStackTrace() throws Exception {
    Path part;
    try (var files = Files.list(folder.resolve("cancer.orc"))) {
      part = files.filter(name -> name.toString().endsWith(".orc")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(part);
    java.util.Arrays.fill(bytes, 100, bytes.length / 2, (byte) 0);
    Path broken = Files.write(folder.resolve("broken.orc"), bytes);
    Path log = folder.resolve("log.txt");

    Process process =
        new ProcessBuilder("submit/local.sh", "describe", broken.toString(), "--label", "diagnosis")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readAllLines(log))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(broken + ": cannot be read: ");
  }
}
