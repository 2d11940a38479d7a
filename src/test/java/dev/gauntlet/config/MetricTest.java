package dev.gauntlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.SearchConfig.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| (`[a-z0-9`, -]+`) \\| (maximize|minimize) \\|", Pattern.MULTILINE);

  @Test
  void page_metrics_areThoseThatThereAre() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/leaderboard.md"));
    Map<String, String> documented = new TreeMap<>();
    ROW.matcher(page)
        .results()
        .forEach(
            row ->
                Arrays.stream(row.group(1).replace("`", "").split(", "))
                    .forEach(word -> documented.put(word, row.group(2))));

    Map<String, String> metrics = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      metrics.put(Names.word(metric), Names.word(metric.direction()));
    }
    assertThat(documented).isEqualTo(metrics);
  }

  @ParameterizedTest
  @EnumSource
  void anyMetric_inTheConfiguration_isReadByItsWord(Metric metric) {
    String text =
        """
        task: %s
        data: {path: x.csv, label: y}
        space:
          network: {type: dense}
          optimizer: {type: adam}
          training: {early-stopping: {patience: 1, metric: %s}}
        search: {metric: %s}
        """
            .formatted(Names.word(metric.task()), Names.word(metric), Names.word(metric));

    SearchConfig config = ConfigReader.parse(text, Path.of("test.yaml"), List.of());

    assertThat(config.search().metric()).isEqualTo(metric);
    assertThat(config.search().direction()).isEqualTo(metric.direction());
    assertThat(config.space().training().earlyStopping().metric()).isEqualTo(metric);
  }

  @Test
  void of_moreClasses_leavesOutThoseOfTwo() {
    List<Metric> ofTwo = Metric.of(Task.CLASSIFICATION, 2);
    List<Metric> ofThree = Metric.of(Task.CLASSIFICATION, 3);

    assertThat(ofTwo).hasSize(17).containsAll(ofThree).contains(Metric.F1);
    assertThat(ofThree).hasSize(14).noneMatch(Metric::ofTwoClasses);
    assertThat(Metric.of(Task.REGRESSION, 0))
        .containsExactly(Metric.MSE, Metric.RMSE, Metric.MAE, Metric.R2);
  }
}
