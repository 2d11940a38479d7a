package dev.gauntlet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TestData;
import dev.gauntlet.data.format.FileTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitsuneShapedTest {
  private static final int ROWS = 2000;

  @TempDir Path folder;

  @Test
  void write_full_hasTheShapeOfTheSet() throws IOException {
    Table table = table();

    assertThat(table.rows()).isEqualTo(ROWS);
    assertThat(table.columns()).hasSize(KitsuneShaped.COLUMNS);
    assertThat(table.columns()).noneMatch(Column::categorical);
    assertThat(table.values()).doesNotContain(Float.NaN);
  }

  @Test
  void write_labels_areBenignFirst() throws IOException {
    Table table = table();

    int benign = (int) Math.round((double) ROWS * KitsuneShaped.BENIGN / KitsuneShaped.ROWS);
    assertThat(table.labels().names()).containsExactly("benign", "malicious");
    assertThat(Arrays.stream(table.labels().codes()).limit(benign)).containsOnly(0);
    assertThat(Arrays.stream(table.labels().codes()).skip(benign)).containsOnly(1);
  }

  @Test
  void write_timeScalesOfAStatistic_areCorrelated() throws IOException {
    Table table = table();
    Map<String, List<Integer>> statistics =
        IntStream.range(1, KitsuneShaped.COLUMNS)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> table.columns().get(i).name().replaceFirst("_L[0-9.]+_", "_")));

    assertThat(statistics).hasSize(23);
    int constant = 0;
    for (List<Integer> scales : statistics.values()) {
      assertThat(scales).hasSize(5);
      double[] first = column(table, scales.get(0));
      if (Arrays.stream(first).filter(value -> value != 0).count() < 20) {
        constant++;
        continue;
      }
      for (int scale : scales) {
        double correlation = new PearsonsCorrelation().correlation(first, column(table, scale));
        assertThat(correlation).as(table.columns().get(scale).name()).isGreaterThan(0.9);
      }
    }
    assertThat(constant).isEqualTo(3);
  }

  @Test
  void write_sameSeed_givesTheSameBytes() throws IOException {
    byte[] first = features(1, "a");

    assertThat(features(1, "b")).isEqualTo(first);
    assertThat(features(2, "c")).isNotEqualTo(first);
  }

  @Test
  void write_names_sayThatItIsSynthetic() throws IOException {
    var files = new KitsuneShaped(5, 1).write(folder);

    assertThat(files.features().getFileName().toString()).contains("synthetic");
    assertThat(files.labels().getFileName().toString()).contains("synthetic");
  }

  private byte[] features(long seed, String name) throws IOException {
    return Files.readAllBytes(new KitsuneShaped(50, seed).write(folder.resolve(name)).features());
  }

  private Table table() throws IOException {
    var files = new KitsuneShaped(ROWS, 1).write(folder);
    DataConfig config =
        TestData.config("data.path=" + files.features(), "data.labels=" + files.labels());
    return new FileTableReader().read(config, Task.CLASSIFICATION);
  }

  private static double[] column(Table table, int column) {
    return IntStream.range(0, table.rows())
        .mapToDouble(row -> table.values()[row * table.columns().size() + column])
        .toArray();
  }
}
