package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of very different sizes, cut into pieces by Spark, on one core and on several. */
class OrderedRowsIT {
  private static final int[] SIZES = {1000, 5, 4000, 1, 0, 1500};
  private static final int ROWS = 6_506;
  private static final List<String> FORMATS = List.of("parquet", "orc", "json");

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    try (JavaSparkContext spark = SparkSessions.start("test", "local[1]")) {
      SparkSession sql = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
      for (String format : FORMATS) {
        int from = 0;
        for (int part = 0; part < SIZES.length; part++) {
          write(sql, format, part, from, from + SIZES[part]);
          from += SIZES[part];
        }
      }
    }
  }

  private static void write(SparkSession sql, String format, int part, int from, int to)
      throws IOException {
    Path written = folder.resolve(format + "-written-" + part);
    sql.range(from, to, 1, 1)
        .selectExpr("id x", "rand(1) z", "if(id % 2 = 0, 'a', 'b') y")
        .write()
        .option("parquet.block.size", 4000)
        .option("parquet.page.size.row.check.min", 50)
        .option("parquet.block.size.row.check.min", 50)
        .option("orc.stripe.size", 4000)
        .option("orc.row.index.stride", 1000)
        .format(format)
        .save(written.toString());
    Path all = Files.createDirectories(folder.resolve(format));
    try (var files = Files.list(written)) {
      for (Path file :
          files.filter(name -> name.getFileName().toString().startsWith("part-")).toList()) {
        Files.move(file, all.resolve("part-" + part + "." + format));
      }
    }
  }

  @AfterEach
  void forget() {
    System.clearProperty("spark.sql.files.maxPartitionBytes");
    System.clearProperty("spark.sql.files.maxPartitionNum");
  }

  @ParameterizedTest
  @CsvSource({"local[1], 128MB", "local[1], 4000b", "local[2], 4000b", "local[5], 20000b"})
  void read_anyCoresAndPieces_keepsTheOrderOfFilesAndRows(String master, String piece) {
    System.setProperty("spark.sql.files.maxPartitionBytes", piece);
    System.setProperty("spark.sql.files.maxPartitionNum", "3");
    try (JavaSparkContext spark = SparkSessions.start("test", master)) {
      for (String format : FORMATS) {
        Table table =
            new SparkTableReader(() -> spark)
                .read(
                    TestData.config(
                        "data.path=" + folder.resolve(format),
                        "data.format=" + format,
                        "data.label=y",
                        "data.drop=[z]"),
                    Task.CLASSIFICATION);

        assertThat(table.rows()).as(format).isEqualTo(ROWS);
        for (int row = 0; row < ROWS; row++) {
          assertThat(table.values()[row]).as(format).isEqualTo(row);
        }
      }
    }
  }

  /** Else the test above says nothing. */
  @Test
  void pieces_ofLargeFiles_areSeveral() {
    System.setProperty("spark.sql.files.maxPartitionBytes", "4000b");
    try (JavaSparkContext spark = SparkSessions.start("test", "local[2]")) {
      SparkSession session = ReadingSession.of(spark, DataFormat.PARQUET);
      for (String format : FORMATS) {
        var rows = session.read().format(format).load(folder.resolve(format).toString());

        var pieces = new OrderedRows(format, rows).pieces();

        assertThat(pieces).as(format).hasSizeGreaterThan(10);
        assertThat(pieces.stream().mapToInt(OrderedRows.Piece::partition).boxed().toList())
            .as("not what Spark gives")
            .isNotEqualTo(IntStream.range(0, pieces.size()).boxed().toList());
      }
    }
  }
}
