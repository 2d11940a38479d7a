package dev.gauntlet.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.Metric;
import dev.gauntlet.config.Names;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Preprocessor;
import dev.gauntlet.data.Rows;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.Target.Labels;
import dev.gauntlet.data.Target.Numbers;
import dev.gauntlet.data.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every metric beside scikit-learn's 1.9.1, on random predictions that {@code golden.py} draws:
 * absent classes, ties, probabilities of exactly 0 and 1, one row, constants, large offsets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenMetricsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/metrics/golden.json");

  private static final DataConfig CONFIG = TestData.config();

  /** Sums are in another order than NumPy's. */
  private static final double TOLERANCE = 1e-12;

  private List<Case> cases;

  private record Case(JsonNode golden, float[] predictions, Rows rows) {}

  @BeforeAll
  void read() throws IOException {
    JsonNode all = new ObjectMapper().readTree(GOLDEN.toFile()).get("cases");
    cases =
        StreamSupport.stream(all.spliterator(), false)
            .map(golden -> new Case(golden, predictions(golden), rows(golden)))
            .toList();
  }

  private static Rows rows(JsonNode golden) {
    Target target =
        golden.has("labels")
            ? labels(golden.get("labels").asText(), golden.get("classes").asInt())
            : new Numbers(floats(golden.get("targets")));
    var dataset = new Dataset(List.of(Column.numeric("x")), target, new float[target.rows()]);
    int[] all = Datasets.allRows(dataset);
    return new Rows(dataset, all, Preprocessor.fit(CONFIG, dataset, all));
  }

  private static Labels labels(String digits, int classes) {
    return new Labels(
        digits.chars().map(digit -> digit - '0').toArray(),
        IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
  }

  /** Of two classes the file has the last one. */
  private static float[] predictions(JsonNode golden) {
    float[] written = floats(golden.get("predictions"));
    if (golden.path("classes").asInt() != 2) {
      return written;
    }
    float[] both = new float[2 * written.length];
    for (int i = 0; i < written.length; i++) {
      both[2 * i] = 1 - written[i];
      both[2 * i + 1] = written[i];
    }
    return both;
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(numbers.get(i).asText());
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void metric_randomPredictions_isScikitLearns(Metric metric) {
    String word = Names.word(metric);
    int compared = 0;
    double largest = 0;
    for (Case one : cases) {
      JsonNode expected = one.golden.get("scores").get(word);
      if (expected != null) {
        double score = Scores.of(metric, one.predictions, one.rows);
        if (expected.isNull()) {
          assertThat(score).as("%s of %s", word, one.golden).isNaN();
        } else {
          double scale = Math.max(1, Math.abs(expected.asDouble()));
          assertThat(score / scale)
              .as("%s of %s", word, one.golden)
              .isCloseTo(expected.asDouble() / scale, within(TOLERANCE));
          largest = Math.max(largest, Math.abs(score - expected.asDouble()) / scale);
          compared++;
        }
      }
    }
    System.out.printf("%s: %d cases, at most %.1e apart%n", word, compared, largest);
    assertThat(compared).isGreaterThanOrEqualTo(40);
  }

  @Test
  void evaluation_randomPredictions_hasEveryMetricAndTheMatrix() {
    for (Case one : cases) {
      Evaluation evaluation = Evaluation.of(one.predictions, one.rows);

      Map<Metric, Double> scores = new EnumMap<>(Metric.class);
      for (Metric metric : Metric.values()) {
        if (one.golden.get("scores").has(Names.word(metric))) {
          scores.put(metric, Scores.of(metric, one.predictions, one.rows));
        }
      }
      assertThat(evaluation.scores()).isEqualTo(scores);
      if (one.rows.numbers()) {
        assertThat(evaluation.confusion()).isNull();
        assertThat(evaluation.reliability()).isNull();
      } else {
        assertThat(Arrays.stream(evaluation.confusion().counts()).flatMapToInt(Arrays::stream))
            .containsExactlyElementsOf(ints(one.golden.get("confusion")));
      }
    }
  }

  private static List<Integer> ints(JsonNode numbers) {
    return IntStream.range(0, numbers.size()).mapToObj(i -> numbers.get(i).asInt()).toList();
  }
}
