package dev.gauntlet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.Table;
import dev.gauntlet.data.Target;
import dev.gauntlet.data.TestData;
import dev.gauntlet.data.format.FileTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Spark: what it writes is read as the same text would be. */
class SparkTableReaderIT {
  private static final String CANCER = "conf/data/breast-cancer.csv";

  @TempDir static Path warehouse;
  private static JavaSparkContext spark;
  private static SparkSession sql;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    System.setProperty("spark.sql.warehouse.dir", warehouse.toString());
    System.setProperty("spark.sql.shuffle.partitions", "2");
    spark = SparkSessions.start("test", "local[2]");
    sql = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    System.clearProperty("spark.sql.warehouse.dir");
    System.clearProperty("spark.sql.shuffle.partitions");
  }

  private static DataConfig config(Object path, String... more) {
    List<String> overrides = new ArrayList<>(List.of("data.path=" + path, "data.label=y"));
    overrides.addAll(List.of(more));
    return TestData.config(overrides.toArray(String[]::new));
  }

  private static Table table(Object path, String... more) {
    return new SparkTableReader(() -> spark).read(config(path, more), Task.CLASSIFICATION);
  }

  private static Dataset dataset(DataConfig config) {
    return Datasets.read(config, Task.CLASSIFICATION, new SparkTableReader(() -> spark));
  }

  /** One file of the rows of a query. */
  private Path write(String name, String query) throws IOException {
    return write(name, sql.sql(query));
  }

  private Path write(String name, org.apache.spark.sql.Dataset<Row> rows) throws IOException {
    String format = name.substring(name.lastIndexOf('.') + 1);
    Path written = folder.resolve("written-" + name.replace('/', '-'));
    rows.coalesce(1).write().format(format).save(written.toString());
    try (var files = Files.list(written)) {
      Path file =
          files
              .filter(part -> part.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      Path target = folder.resolve(name);
      Files.createDirectories(target.getParent());
      return Files.move(file, target);
    }
  }

  private Path text(String name, String lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, lines);
  }

  private static String values(String rows, String names) {
    return "select * from values " + rows + " as t(" + names + ")";
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static org.apache.spark.sql.Dataset<Row> cancer() {
    return sql.read().option("header", true).option("inferSchema", true).csv(CANCER);
  }

  private static Dataset cancerFromText() {
    DataConfig config = config(CANCER, "data.label=diagnosis");
    return Datasets.read(config, Task.CLASSIFICATION, new FileTableReader());
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void read_bundledData_isTheSameAsItsText(String format) throws IOException {
    Path file = write("cancer." + format, cancer());

    Dataset dataset = dataset(config(file, "data.label=diagnosis"));

    assertThat(dataset.fingerprint()).isEqualTo(cancerFromText().fingerprint());
  }

  @Test
  void read_table_isTheSameAsItsText() {
    cancer().coalesce(1).write().saveAsTable("cancer");

    Dataset dataset =
        dataset(
            TestData.config(
                "data={spark-table: cancer, label: diagnosis}", "data.scale=standardize"));

    assertThat(dataset.fingerprint()).isEqualTo(cancerFromText().fingerprint());
    assertThatThrownBy(() -> dataset(TestData.config("data={spark-table: cancr, label: y}")))
        .hasMessage("data.spark-table: cancr: no such table in Spark's catalog. Maybe \"cancer\".");
  }

  @Test
  void read_libsvm_hasTheValuesOfTheText() throws IOException {
    Dataset text = cancerFromText();
    StringBuilder lines = new StringBuilder("# a comment\n");
    for (int row = 0; row < text.rows(); row++) {
      lines.append(text.label(row) == 0 ? "-1" : "1");
      for (int i = 0; i < 30; i++) {
        if (text.value(row, i) != 0) {
          lines.append(" ").append(i + 1).append(":").append(text.value(row, i));
        }
      }
      lines.append("\n");
    }
    Path file = text("cancer.libsvm", lines.toString());

    Dataset dataset = dataset(TestData.config("data={path: " + file + "}"));

    assertThat(dataset.classes()).containsExactly("-1", "1");
    assertThat(dataset.featureNames()).startsWith("x1", "x2").endsWith("x30");
    for (int row = 0; row < text.rows(); row++) {
      assertThat(TestData.raw(dataset, row)).containsExactly(TestData.raw(text, row));
      assertThat(dataset.label(row)).isEqualTo(text.label(row));
    }
  }

  @Test
  void read_libsvmTestFileWithMoreFeatures_widensAllRows() throws IOException {
    Path train = text("a.svm", "1 1:2 3:4\n\n0 2:0.5\n");
    Path test = text("b.svm", "1 5:1\n0.5 1:1\n");

    Table table = table(train, "data.test=" + test);

    assertThat(names(table)).containsExactly("x1", "x2", "x3", "x4", "x5");
    assertThat(table.values())
        .containsExactly(2, 0, 4, 0, 0, 0, .5f, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(table.labels().names()).containsExactly("1", "0", "0.5");
    assertThat(table.testRows()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 1:2;x 1:2          | :2: label "x": no number
          1 1:2;1 2            | :2: "2": no index:value
          1 1:2;1 0:2;1 2:1 1:1| :2: "0:2": no index above 0, that of the item before, and 1 more bad lines
          1 1:2;1 2:1 2:1      | :2: "2:1": no index above 2, that of the item before
          1 1:2;1 2:a          | :2: value "a": no number
          """)
  void read_badLibsvmLine_saysWhichAndWhy(String lines, String message) throws IOException {
    Path file = text("a.libsvm", lines.replace(";", "\n"));

    assertThatThrownBy(() -> table(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + message
                + "; the rule: label index:value ..., one space between, indices from 1 and"
                + " ascending.");
  }

  @Test
  void read_everyType_isANumberOrAWord() throws IOException {
    Path file =
        write(
            "t.parquet",
            "select cast(1 as tinyint) b, cast(2 as bigint) l, cast(1.5 as float) f, 2.5d d,"
                + " cast('3.25' as decimal(10, 3)) m, true t, 'tcp' w, 'x' y");

    Table table = table(file, "data.categorical=[l, m]");

    assertThat(names(table)).containsExactly("b", "l", "f", "d", "m", "t", "w");
    assertThat(table.values()).containsExactly(1, 0, 1.5f, 2.5f, 0, 1, 0);
    assertThat(table.columns().get(1).categories()).containsExactly("2");
    assertThat(table.columns().get(4).categories()).containsExactly("3.25");
    assertThat(table.columns().get(6).categories()).containsExactly("tcp");
  }

  @ParameterizedTest
  @CsvSource({
    "int, 1, 1",
    "double, 1, 1",
    "double, 0.5, 0.5",
    "float, 0.1, 0.1",
    "'decimal(10, 2)', 1.10, 1.1",
    "'decimal(30, 2)', 100, 100",
    "boolean, true, true",
    "date, 2024-02-29, 2024-02-29",
    "timestamp, 2024-02-29 12:00:00Z, 2024-02-29T12:00:00Z",
    "timestamp_ntz, 2024-02-29 12:00:00, 2024-02-29T12:00",
    "string, ' a b ', a b"
  })
  void read_label_isAWordOfAnyScalarType(String type, String value, String word)
      throws IOException {
    Path file = write("t.parquet", "select 1 x, cast('" + value + "' as " + type + ") y");

    assertThat(table(file).labels().names()).containsExactly(word);
  }

  @Test
  void read_regression_needsANumber() throws IOException {
    Path numbers = write("n.parquet", values("(1, 1.5d), (2, -2d)", "x, y"));
    Path words = write("w.parquet", values("(1, 'a'), (2, 'b')", "x, y"));
    Path nan = write("i.parquet", values("(1, 1d), (2, cast('NaN' as double))", "x, y"));
    var reader = new SparkTableReader(() -> spark);

    Table table = reader.read(config(numbers), Task.REGRESSION);

    assertThat(((Target.Numbers) table.target()).values()).containsExactly(1.5f, -2);
    assertThatThrownBy(() -> reader.read(config(words), Task.REGRESSION))
        .hasMessage(words + ": column \"y\": string; the rule: a number, as task is regression.");
    assertThatThrownBy(() -> reader.read(config(nan), Task.REGRESSION))
        .hasMessage(nan + ": row 2: no label; the rule: one in every row.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void read_missingValues_followThePolicy(String format) throws IOException {
    Path file =
        write(
            "m." + format,
            values(
                "(1d, 'u', 'a'), (cast('NaN' as double), 'v', 'b'), (3d, null, 'b'),"
                    + " (null, 'v', 'b'), (5d, 'NA', 'a')",
                "x, p, y"));

    assertThatThrownBy(() -> table(file))
        .hasMessageContaining(file + ": column \"x\": 2 of 5 values are missing; the rule: none.")
        .hasMessageContaining(file + ": column \"p\": 2 of 5 values are missing; the rule: none.");
    for (String policy : List.of("mean", "median", "most-frequent")) {
      Table table = table(file, "data.missing=" + policy);
      assertThat(table.values())
          .containsExactly(1, 0, Float.NaN, 1, 3, Float.NaN, Float.NaN, 1, 5, Float.NaN);
    }
    Table dropped = table(file, "data.missing=drop-rows");
    assertThat(dropped.values()).containsExactly(1, 0);
    assertThat(dropped.dropped()).isEqualTo(4);
  }

  @Test
  void read_missingLabel_saysRow() throws IOException {
    Path file = write("m.parquet", values("(1, 'a'), (2, null)", "x, y"));

    assertThatThrownBy(() -> table(file))
        .hasMessage(file + ": row 2: no label; the rule: one in every row.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'Infinity'", "'-Infinity'", "'1e99'"})
  void read_infiniteValue_saysRowAndColumn(String value) throws IOException {
    Path file =
        write("i.parquet", values("(1d, 'a'), (cast(" + value + " as double), 'b')", "x, y"));

    assertThatThrownBy(() -> table(file))
        .hasMessageStartingWith(file + ": row 2: column \"x\": ")
        .hasMessageEndingWith("Infinity; the rule: a finite 32-bit number.");
  }

  @Test
  void read_groupAndTime_areTaken() throws IOException {
    String rows =
        "(1, 7L, timestamp '2024-01-01 00:00:01.5Z', date '1970-01-02', 'a'),"
            + " (2, null, timestamp '2024-01-01 00:00:02Z', date '1970-01-03', 'b'),"
            + " (3, 7L, timestamp '1969-12-31 23:59:59Z', date '1970-01-01', 'b')";
    Path file = write("g.parquet", values(rows, "x, g, t, d, y"));

    Table grouped = table(file, "data.split={group: g}", "data.drop=[t, d]");
    Table timed = table(file, "data.split={time: t}", "data.drop=[g, d]");
    Table dated = table(file, "data.split={time: d}", "data.drop=[g, t]");

    assertThat(grouped.groups()).containsExactly(0, 1, 0);
    assertThat(names(grouped)).containsExactly("x");
    assertThat(timed.times()).containsExactly(1704067201.5, 1704067202, -1);
    assertThat(dated.times()).containsExactly(86400, 172800, 0);
    assertThatThrownBy(() -> table(file))
        .hasMessageContaining(
            file
                + ": column \"t\": timestamp; the rule: a feature is a number or a word. Maybe"
                + " data.drop, or data.split.time.")
        .hasMessageContaining(file + ": column \"d\": date; the rule: a feature is");
    assertThat(table(file, "data.drop=[g, t]", "data.categorical=[d]").columns().get(1))
        .isEqualTo(new Column("d", List.of("1970-01-02", "1970-01-03", "1970-01-01")));
    Path words = write("w.parquet", values("(1, 'noon', 'a')", "x, t, y"));
    assertThatThrownBy(() -> table(words, "data.split={time: t}"))
        .hasMessage(
            words
                + ": column \"t\": string; the rule: data.split.time is a number, a date or a"
                + " timestamp.");
  }

  private static org.apache.spark.sql.Dataset<Row> vectors(Vector... vectors) {
    StructType type =
        new StructType()
            .add("x", DataTypes.IntegerType)
            .add("v", SQLDataTypes.VectorType())
            .add("y", DataTypes.StringType);
    List<Row> rows =
        IntStream.range(0, vectors.length)
            .mapToObj(i -> RowFactory.create(i, vectors[i], "c" + i))
            .toList();
    return sql.createDataFrame(rows, type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void read_vectors_areColumns(String format) throws IOException {
    Vector sparse = Vectors.sparse(3, new int[] {1}, new double[] {5});
    Path file = write("v." + format, vectors(null, Vectors.dense(1, Double.NaN, 3), sparse));

    Table table = table(file, "data.missing=mean");

    assertThat(names(table)).containsExactly("x", "v_0", "v_1", "v_2");
    assertThat(table.values())
        .containsExactly(0, Float.NaN, Float.NaN, Float.NaN, 1, 1, Float.NaN, 3, 2, 0, 5, 0);
    assertThat(names(table(file, "data.drop=[v_1, x]", "data.missing=mean")))
        .containsExactly("v_0", "v_2");
    assertThat(names(table(file, "data.drop=[v]"))).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void read_arrays_areColumnsOfOneLength(String format) throws IOException {
    Path file =
        write(
            "a." + format,
            values("(array(1, 2), 'a'), (array(3, null), 'b'), (null, 'b')", "v, y"));
    Path ragged = write("r." + format, values("(array(1d), 'a'), (array(1d, 2d), 'b')", "v, y"));

    Table table = table(file, "data.missing=mean");

    assertThat(names(table)).containsExactly("v_0", "v_1");
    assertThat(table.values()).containsExactly(1, 2, 3, Float.NaN, Float.NaN, Float.NaN);
    Table labelled = table(file, "data.label=v_0", "data.keep=[v_1]", "data.missing=drop-rows");
    assertThat(labelled.labels().names()).containsExactly("1");
    assertThatThrownBy(() -> table(ragged))
        .hasMessage(
            ragged
                + ": row 2: column \"v\": 2 numbers; the rule: 1, as in the first row. Maybe"
                + " data.drop.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void read_nestedColumn_isRefusedUnlessDropped(String format) throws IOException {
    Path file =
        write(
            "n." + format,
            "select 1 x, named_struct('a', 1) s, array('u') u, cast(array() as array<int>) e,"
                + " 'a' y");

    assertThatThrownBy(() -> table(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ": column \"s\": ")
        .hasMessageContaining(file + ": column \"u\": ")
        .hasMessageContaining(file + ": column \"e\": ")
        .hasMessageContaining(
            "; the rule: numbers, words, or arrays of numbers of one length. Maybe data.drop.");
    assertThat(names(table(file, "data.drop=[s, u, e]"))).containsExactly("x");
  }

  @Test
  void read_namesThatDifferInCase_areRefused() throws IOException {
    Path file = text("c.json", "{\"x\": 1, \"X\": 2, \"y\": \"a\"}\n");

    assertThatThrownBy(() -> table(file))
        .hasMessage(
            file
                + ": columns \"x\" and \"X\" differ only in case; the rule: names that everybody"
                + " tells apart.");
  }

  @Test
  void read_strangeNames_areNames() throws IOException {
    Path file = write("s.json", "select 1 `a.b`, 2 `c d`, 3 `e'f`, 'k' y");

    assertThat(names(table(file))).containsExactly("a.b", "c d", "e'f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void read_partsOfOtherTypes_namesFilesColumnAndTypes(String format) throws IOException {
    Path first = write("d/1." + format, "select 1 x, 2 z, 'a' y");
    Path second = write("d/2." + format, "select 'u' x, 2 zz, 'a' y");

    assertThatThrownBy(() -> table(folder.resolve("d"), "data.format=" + format))
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.type(InvalidInputException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        second
                            + ": column \"x\": string; the rule: int, as in "
                            + first
                            + ". Maybe write the parts again with one type.",
                        second + ": no column \"z\", which " + first + " has.",
                        second + ": a column \"zz\", which " + first + " does not have."));
  }

  @Test
  void read_parts_areMatchedByName() throws IOException {
    write("d/1.parquet", "select 1 x, 2 z, 'a' y");
    write("d/2.parquet", "select 'b' y, 4 z, 3 x");

    Table table = table(folder.resolve("d/*.parquet"));

    assertThat(table.values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void read_testPath_isMatchedByNameAndType() throws IOException {
    Path train = write("train.parquet", values("(1, 'u', array(1, 2), 'a')", "x, w, v, y"));
    Path test =
        write("test.parquet", values("('b', 9, array(3f, 4f), 'q', 2.5d)", "y, e, v, w, x"));
    Path empty = write("null.json", "select 'b' y, 'q' w, array(3f, 4f) v");
    Path other = write("other.parquet", values("('b', array(3f), 5, 'z')", "y, v, w, x"));

    Table table = table(train, "data.test=" + test);

    assertThat(table.testRows()).isEqualTo(1);
    assertThat(table.values()).containsExactly(1, 0, 1, 2, 2.5f, 1, 3, 4);
    assertThat(table.labels().names()).containsExactly("a", "b");
    assertThatThrownBy(() -> table(train, "data.test=" + other))
        .hasMessageContaining(other + ": column \"x\": string; the rule: int, as in " + train + ".")
        .hasMessageContaining(other + ": column \"w\": int; the rule: string, as in " + train + ".")
        .hasMessageContaining(
            other + ": column \"v\": array<float> of 1; the rule: array<int> of 2, as in ");
    Path json = write("train.json", values("(1, 'u', array(1, 2), 'a')", "x, w, v, y"));
    assertThatThrownBy(() -> table(json, "data.test=" + empty))
        .hasMessage(empty + ": no column \"x\", which " + json + " has. Maybe one of: y, w, v.");
  }

  @Test
  void read_json_keepsItsColumnsInOrderAndItsTypesApart() throws IOException {
    Path file =
        text(
            "j.jsonl",
            """
            {"z": 1, "b": true, "n": null, "q": 'single', "y": 1}

            {"a": NaN, "z": "NA", "b": false, "q": "?", "y": 2}
            {"z": 2.5, "b": true, "q": "x", "y": 2}
            """);

    Table table = table(file, "data.missing=mean", "data.split={group: b}");

    assertThat(names(table)).containsExactly("z", "n", "q", "a");
    assertThat(table.values())
        .containsExactly(
            1, Float.NaN, 0, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 2.5f, Float.NaN,
            1, Float.NaN);
    assertThat(table.labels().names()).containsExactly("1", "2");
    assertThat(table.groups()).containsExactly(0, 1, 0);
  }

  @Test
  void read_jsonWithTextAmongNumbers_saysWhere() throws IOException {
    Path file = text("j.jsonl", "{\"x\":1,\"y\":1}\n\n{\"x\":\"u\",\"y\":\"b\"}\n");

    assertThatThrownBy(() -> table(file))
        .hasMessage(
            file
                + ": column \"x\": a number ("
                + file
                + ":1) and text ("
                + file
                + ":3); the rule: numbers or text. Maybe data.categorical, or data.drop.");
    Table table = table(file, "data.categorical=[x]");
    assertThat(table.columns().get(0).categories()).containsExactly("1", "u");
    assertThat(table.labels().names()).containsExactly("1", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"x":1};{"x":2;{"x":     | :2: no JSON: Unexpected end-of-input: expected close marker for Object, and 1 more bad lines
          {"x":1};[{"x":1}]        | :2: no JSON object
          {"x":1};{"x":1}{"x":2}   | :2: more after the JSON object
          {"x":1};x                | :2: no JSON: Unrecognized token 'x'
          """)
  void read_badJsonLine_saysWhichAndWhy(String lines, String message) throws IOException {
    Path file = text("b.json", lines.replace(";", "\n"));

    assertThatThrownBy(() -> table(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + message)
        .hasMessageEndingWith(
            "; the rule: one JSON object per line. Maybe the file is one array: jq -c '.[]'"
                + " writes lines.");
  }

  private Path damaged(Path file, int from, int to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0x5A);
    return Files.write(file, bytes);
  }

  private Path cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void read_brokenFiles_areNamed() throws IOException {
    String rows = "select id x, rand(1) z, if(id % 2 = 0, 'a', 'b') y from range(20000)";
    Path truncated = cut(write("cut.parquet", rows));
    Path page = damaged(write("page.parquet", rows), 2000, 60_000);
    Path garbage = text("garbage.orc", "this is no ORC file".repeat(50));
    Path stripe = damaged(write("stripe.orc", rows), 200, 60_000);
    Path empty = text("empty.parquet", "");
    sql.sql(rows).coalesce(1).write().option("compression", "gzip").json(folder + "/z");
    Path gzip;
    try (var files = Files.list(folder.resolve("z"))) {
      gzip = cut(files.filter(file -> file.toString().endsWith(".gz")).findFirst().orElseThrow());
    }

    for (Path file : List.of(truncated, page, garbage, stripe, empty, gzip)) {
      assertThatThrownBy(() -> table(file))
          .as(file.toString())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file + ": cannot be read: ")
          .hasMessageEndingWith(". Maybe the file is broken: copy or write it again.")
          .message()
          .hasLineCount(1)
          .hasSizeBetween(30 + file.toString().length(), 400)
          .doesNotContain("Exception", "null");
    }
  }

  @Test
  void read_missingPath_isSaidBeforeSparkStarts() {
    var reader =
        new SparkTableReader(
            () -> {
              throw new AssertionError("Spark was started");
            });
    DataConfig config =
        config(folder.resolve("no.parquet"), "data.test=" + folder.resolve("none.parquet"));

    assertThatThrownBy(() -> reader.read(config, Task.CLASSIFICATION))
        .hasMessageContaining("data.path: " + folder.resolve("no.parquet") + ": no such file.")
        .hasMessageContaining("data.test: " + folder.resolve("none.parquet") + ": no such file.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FOLDER/*.parquet        | no such file or folder.
          file:/none/x.parquet    | no such file or folder.
          s3a://bucket/x.parquet  | cannot be read: nothing on the class path reads s3a://. Maybe spark-submit --packages org.apache.hadoop:hadoop-aws:3.3.4.
          gs://bucket/x.parquet   | cannot be read: nothing on the class path reads gs://. Maybe spark-submit --packages GROUP:CONNECTOR:VERSION.
          hdfs://no.invalid/x.orc | cannot be read: unknown host no.invalid.
          """)
  void read_placeThatSparkCannotReach_saysWhy(String place, String message) {
    String path = place.replace("FOLDER", folder.toString());

    assertThatThrownBy(() -> table(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("data.path: " + path + ": " + message);
  }

  @Test
  void read_folderWithoutFiles_isRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("e.parquet"));
    Files.writeString(empty.resolve("_SUCCESS"), "");

    assertThatThrownBy(() -> table(empty))
        .hasMessage("data.path: " + empty + ": a folder without files; the rule: at least one.");
  }

  @Test
  void read_pathWithTheSignsOfAGlob_isAPath() throws IOException {
    Path file = write("a[1]{b} *?,.parquet", "select 1 x, 'a' y");

    assertThat(table("'" + file + "'").values()).containsExactly(1);
    assertThat(table("'file:" + folder + "/a*.parquet'").values()).containsExactly(1);
  }

  @Test
  void read_foldersOfValues_areColumns() throws IOException {
    Path root = folder.resolve("p");
    sql.sql(values("(1, 2020, 'a'), (2, 2021, 'b')", "x, year, y"))
        .write()
        .partitionBy("year")
        .json(root.toString());

    Table table = table(root, "data.format=json");

    assertThat(names(table)).containsExactly("x", "year");
    assertThat(table.values()).containsExactly(1, 2020, 2, 2021);
  }

  @Test
  void read_patternOfNoColumn_saysSo() throws IOException {
    Path file = write("p.parquet", "select 1 x, 'a' y");

    assertThatThrownBy(() -> table(file, "data.drop=[z]"))
        .hasMessage(file + ": data.drop: no column \"z\". Maybe one of: x, y.");
    assertThatThrownBy(() -> table(file, "data.label=lable"))
        .hasMessage(file + ": data.label: no column \"lable\". Maybe one of: x, y.");
  }

  @Test
  void read_view_keepsTheOrderThatItGives() {
    sql.sql("create database if not exists d");
    sql.sql(
        "create table d.rows using orc as select id x, if(id % 2 = 0, 'a', 'b') y from range(100)");
    sql.sql("create view d.sorted as select * from d.rows order by x desc");

    Table table =
        new SparkTableReader(() -> spark)
            .read(TestData.config("data={spark-table: d.sorted, label: y}"), Task.CLASSIFICATION);

    assertThat(
            IntStream.range(0, 100)
                .mapToObj(row -> (int) table.values()[row])
                .collect(Collectors.toList()))
        .isEqualTo(IntStream.iterate(99, i -> i - 1).limit(100).boxed().toList());
  }
}
