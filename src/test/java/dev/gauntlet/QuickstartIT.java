package dev.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.gauntlet.chaos.Searches;
import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.TestData;
import dev.gauntlet.data.format.FileTableReader;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Scores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.factory.Nd4j;

/** The README's command, as a new user runs it, on the data that ships with the project. */
class QuickstartIT {
  private static final Path CONF = Path.of("conf/quickstart.yaml");

  @TempDir static Path folder;
  private static Path run;
  private static String output;

  @BeforeAll
  static void runTheCommand() throws Exception {
    run = folder.resolve("two-cores");
    Path log = folder.resolve("output.txt");
    output = script(log, CONF.toString(), "--master", "local[2]", "--output", run.toString());
  }

  private static String script(Path log, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("submit/local.sh"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }

  private static List<NamedCsvRecord> rows(Path file) throws IOException {
    try (var csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    }
  }

  private List<NamedCsvRecord> leaderboard() throws IOException {
    return rows(run.resolve("leaderboard.csv"));
  }

  private List<NamedCsvRecord> winners() throws IOException {
    return leaderboard().stream().filter(row -> row.getField("winner").equals("true")).toList();
  }

  @Test
  void output_showsProgressLeaderboardAndRunFolder() {
    assertThat(output)
        .contains("569 rows x 30 features")
        .contains("[search 24/24]")
        .contains("[gauntlet 33/33]")
        .contains("[baselines 22/22]")
        .contains("CV mean ± std")
        .contains("the best baseline (logistic regression, 0.98")
        .contains("Take candidate ")
        .endsWith("Run folder: " + run + System.lineSeparator())
        .doesNotContain("Exception");
  }

  @Test
  void leaderboard_best_reachesThePublishedAccuracy() throws IOException {
    List<NamedCsvRecord> rows = leaderboard();

    assertThat(rows).hasSize(26);
    assertThat(rows).allMatch(row -> row.getField("status").equals("done"));
    assertThat(winners()).hasSize(3);
    assertThat(Double.parseDouble(winners().get(0).getField("cv_mean")))
        .isGreaterThanOrEqualTo(0.965);
    for (NamedCsvRecord winner : winners()) {
      assertThat(winner.getField("fold_10")).isNotEmpty();
      assertThat(Double.parseDouble(winner.getField("mc_std"))).isPositive();
      assertThat(winner.getField("test_score")).isNotEmpty();
    }
  }

  @Test
  void leaderboard_majority_isTheShareOfTheLargerClass() throws IOException {
    NamedCsvRecord baseline =
        leaderboard().stream()
            .filter(row -> row.getField("id").equals("majority"))
            .findFirst()
            .orElseThrow();

    assertThat(Double.parseDouble(baseline.getField("cv_mean"))).isBetween(0.62, 0.635);
    assertThat(baseline.getField("test_score")).isEmpty();
    assertThat(baseline.getField("tied")).isEqualTo("false");
  }

  /** Promise 1. Other cores, other threads, another process, another garbage collector. */
  @Test
  void leaderboard_oneCore_isTheSameByteForByte() throws Exception {
    Path other = folder.resolve("one-core");

    script(
        folder.resolve("other.txt"),
        CONF.toString(),
        "--master",
        "local[1]",
        "--progress",
        "none",
        "--output",
        other.toString());

    Searches.assertSame(other, run);
  }

  @Test
  void models_plainDl4j_scoresTheTestRowsTheSame() throws IOException {
    SearchConfig config = ConfigReader.read(CONF, List.of());
    Dataset dataset = Datasets.read(config.data(), Task.CLASSIFICATION, new FileTableReader());
    int[] test = Experiment.of(config, dataset).split().test();
    int columns = dataset.features();
    float[] raw = new float[test.length * columns];
    for (int i = 0; i < test.length; i++) {
      System.arraycopy(TestData.raw(dataset, test[i]), 0, raw, i * columns, columns);
    }
    for (NamedCsvRecord winner : winners()) {
      File model = run.resolve("models/candidate-" + winner.getField("id") + ".zip").toFile();
      Pair<MultiLayerNetwork, Normalizer> loaded =
          ModelSerializer.restoreMultiLayerNetworkAndNormalizer(model, true);
      INDArray features = Nd4j.create(raw, new long[] {test.length, columns}, 'c');
      ((DataNormalization) loaded.getSecond()).transform(features);
      float[] probabilities = ofBothClasses(loaded.getFirst().output(features, false));

      double score =
          Scores.of(
              Metric.ACCURACY, probabilities, new Rows(dataset, test, TestData.unscaled(dataset)));
      assertThat(score).isEqualTo(Double.parseDouble(winner.getField("test_score")));
      assertThat(loaded.getFirst().numParams())
          .isEqualTo(Long.parseLong(winner.getField("parameters")));
    }
  }

  /** One sigmoid unit gives the probability of the second class. */
  private static float[] ofBothClasses(INDArray output) {
    INDArray columns = output.size(1) == 2 ? output : Nd4j.hstack(output.rsub(1), output);
    return columns.dup('c').data().asFloat();
  }

  /** The line of a row is what the model says of it, and the report is of these lines. */
  @Test
  void evaluation_rows_giveTheTestScore() throws IOException {
    for (NamedCsvRecord winner : winners()) {
      String name = "evaluation/candidate-" + winner.getField("id");
      List<NamedCsvRecord> lines = rows(run.resolve(name + ".csv"));
      JsonNode report = new ObjectMapper().readTree(run.resolve(name + ".json").toFile());

      assertThat(lines).hasSize(85);
      double right =
          lines.stream()
              .filter(line -> line.getField("label").equals(line.getField("predicted")))
              .count();
      assertThat(right / 85).isEqualTo(Double.parseDouble(winner.getField("test_score")));
      assertThat(report.get("test").get("accuracy").asDouble()).isEqualTo(right / 85);
      JsonNode confusion = report.get("confusion");
      assertThat(confusion.get(0).get(0).asInt() + confusion.get(1).get(1).asInt())
          .isEqualTo((int) right);
      for (NamedCsvRecord line : lines) {
        double entropy = Double.parseDouble(line.getField("mc_entropy"));
        assertThat(entropy).isBetween(0.0, Math.log(2) + 1e-6);
        assertThat(Double.parseDouble(line.getField("mc_mutual_information")))
            .isBetween(0.0, entropy + 1e-6);
      }
    }
  }

  @Test
  void runFolder_hasWhatIsPromised() throws IOException {
    JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());

    assertThat(record.get("status").asText()).isEqualTo("done");
    assertThat(record.get("seed").asLong()).isEqualTo(1234);
    assertThat(record.get("data_fingerprint").asText()).hasSize(64);
    assertThat(record.get("environment").get("spark").asText()).isEqualTo("3.5.7");
    assertThat(rows(run.resolve("timings.csv"))).hasSize(57 + 22);
    assertThat(ConfigReader.read(run.resolve("search.yaml"), List.of()))
        .isEqualTo(ConfigReader.read(CONF, List.of()));
    try (var models = Files.list(run.resolve("models"))) {
      assertThat(models).hasSize(6);
    }
  }
}
