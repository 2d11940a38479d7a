package dev.gauntlet.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Column;
import dev.gauntlet.data.Dataset;
import dev.gauntlet.data.Datasets;
import dev.gauntlet.data.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("d.csv");
  }

  private Dataset read(String text, String label, String... more) throws IOException {
    Files.writeString(file, text);
    return Datasets.read(config(label, more), Task.CLASSIFICATION, new FileTableReader());
  }

  private DataConfig config(String label, String... more) {
    List<String> overrides = new ArrayList<>(List.of("data.path=" + file, "data.label=" + label));
    overrides.addAll(List.of(more));
    return TestData.config(overrides.toArray(String[]::new));
  }

  @Test
  void read_bundledData_isBreastCancerWisconsin() {
    file = Path.of("conf/data/breast-cancer.csv");

    Dataset dataset =
        Datasets.read(config("diagnosis"), Task.CLASSIFICATION, new FileTableReader());

    assertThat(dataset.rows()).isEqualTo(569);
    assertThat(dataset.featureNames())
        .hasSize(30)
        .startsWith("mean_radius")
        .doesNotContain("diagnosis");
    assertThat(dataset.classes()).containsExactly("benign", "malignant");
    assertThat(dataset.classCounts(Datasets.allRows(dataset))).containsExactly(357, 212);
    assertThat(dataset.value(0, 0)).isEqualTo(17.99f);
  }

  @Test
  void read_markQuotesSpacesAndBlankLines_areUnderstood() throws IOException {
    Dataset dataset = read("\uFEFFx ,\"y\", z\r\n\" 1\",b,2\r\n\r\n-3e1,a,+.5\r\n", "y");

    assertThat(dataset.featureNames()).containsExactly("x", "z");
    assertThat(dataset.classes()).containsExactly("a", "b");
    assertThat(dataset.label(0)).isEqualTo(1);
    assertThat(dataset.value(1, 0)).isEqualTo(-30);
    assertThat(dataset.value(1, 1)).isEqualTo(0.5f);
  }

  @Test
  void fingerprint_changesWithAnyValueAndWithNothingElse() throws IOException {
    String fingerprint = read("x,y\n1,a\n2,b\n", "y").fingerprint();

    assertThat(read("x,y\n1.0,a\n2,\"b\"", "y").fingerprint()).isEqualTo(fingerprint);
    assertThat(read("x,y\n1,a\n3,b\n", "y").fingerprint()).isNotEqualTo(fingerprint);
    assertThat(read("x,y\n1,b\n2,a\n", "y").fingerprint()).isNotEqualTo(fingerprint);
    assertThat(read("z,y\n1,a\n2,b\n", "y").fingerprint()).isNotEqualTo(fingerprint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | the file is empty; the rule: rows of text.
          `x,y` | : no rows.
          `x,y;1,a;2,a` | data.label: FILE: all 2 rows are "a"; the rule: at least two classes.
          `x,yy;1,a` | :1: data.label: no column "y". Maybe one of: x, yy.
          `x,x,y;1,2,a` | :1: two columns are named "x".
          `x,,y;1,2,a` | :1: column 2 has no name. Maybe it is an index: to_csv(index=False).
          `y;a` | :1: no column is left as a feature; the rule: at least one.
          `x,y;1,a;2` | :3: 1 field; the first line has 2.
          `x,y;1,a;2,b,3` | :3: 3 fields; the first line has 2.
          `x,y;1,a;abc,b` | :3: column "x": "abc"; the rule: a number, as in the rows before. Maybe data.categorical.
          `x,y;1,a;1e99,b` | :3: column "x": "1e99"; the rule: a finite number that a float holds. Maybe drop the column.
          `x,y;1,a;,b;NaN,a` | : column "x": 2 of 3 values are missing; the rule: none. Maybe data.missing: median, or drop-rows.
          `x,y;1,a;2,` | :3: no label; the rule: one in every row.
          `x,z,y;1,2,a;1,2,b` | : every feature has one value in all rows; the rule: at least one that varies.
          """)
  void read_dirtyFile_saysRowColumnValueAndRule(String text, String message) {
    assertThatThrownBy(() -> read(text.replace(';', '\n'), "y"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(message.replace("FILE", file.toString()));
  }

  @Test
  void read_manyProblems_showsTwentyAndCountsTheRest() {
    String rows = "1,a\n" + "x,a\n".repeat(1000);

    assertThatThrownBy(() -> read("x,y\n" + rows, "y"))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .hasSize(21)
                    .endsWith(file + ": 980 more problems like these."));
  }

  @Test
  void read_missingFile_saysWhatPathsCountFrom() {
    assertThatThrownBy(() -> Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()))
        .hasMessageContaining("no such file. Maybe the path is meant from another folder");
  }

  @Test
  void read_folder_isItsPartsInTheOrderOfTheirNames() throws IOException {
    file = Files.createDirectory(folder.resolve("out.csv"));
    Files.writeString(file.resolve("part-2.csv"), "x,y\n3,a\n");
    Files.writeString(file.resolve("part-1.csv"), "y,x\na,1\nb,2\n");
    Files.writeString(file.resolve("_SUCCESS"), "");

    Dataset parts = Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader());
    Dataset glob =
        Datasets.read(
            config("y", "data.path=" + file + "/part-*.csv"),
            Task.CLASSIFICATION,
            new FileTableReader());

    assertThat(TestData.raw(parts, 0)).containsExactly(1);
    assertThat(TestData.raw(parts, 2)).containsExactly(3);
    assertThat(glob.fingerprint()).isEqualTo(parts.fingerprint());
  }

  @Test
  void read_partsWithOtherColumns_sayWhich() throws IOException {
    file = Files.createDirectory(folder.resolve("out.csv"));
    Path first = Files.writeString(file.resolve("part-1.csv"), "x,y\n1,a\n");
    Path second = Files.writeString(file.resolve("part-2.csv"), "xx,y\n3,b\n");

    assertThatThrownBy(() -> Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()))
        .hasMessageContaining(
            second + ":1: no column \"x\", which " + first + " has. Maybe one of: xx, y.")
        .hasMessageContaining(second + ":1: a column \"xx\", which " + first + " does not have.");
  }

  @Test
  void read_emptyFolder_isRefused() {
    file = folder;

    assertThatThrownBy(
            () ->
                Datasets.read(
                    config("y", "data.format=text"), Task.CLASSIFICATION, new FileTableReader()))
        .hasMessageContaining(": a folder without files;");
  }

  @Test
  void read_latin1_isRefused() throws IOException {
    Files.write(file, "x,y\n1,caf\u00e9\n2,b\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()))
        .hasMessageContaining("not UTF-8 text.");
  }

  @Test
  void read_dialect_isTheOneOfTheFile() throws IOException {
    Dataset dataset =
        read(
            "'1|5'|2|b\n3|4|a\n",
            "2",
            "data.delimiter=\"|\"",
            "data.quote=\"'\"",
            "data.header=false",
            "data.categorical=[0]");

    assertThat(dataset.columns().get(0).categories()).containsExactly("1|5", "3");
    file = folder.resolve("d.tsv");
    assertThat(read("x\ty\n1\ta\n2\tb\n", "y").rows()).isEqualTo(2);
  }

  private static byte[] packed(boolean gzip, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream stream =
        gzip ? new GZIPOutputStream(bytes) : new BZip2CompressorOutputStream(bytes)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void read_compressedFile_isToldByItsContent() throws IOException {
    String text = "x,y\n1,a\n2,b\n";
    String plain = read(text, "y").fingerprint();

    Files.write(file, packed(true, text));
    assertThat(Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()).fingerprint())
        .isEqualTo(plain);
    Files.write(file, packed(false, text));
    assertThat(Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()).fingerprint())
        .isEqualTo(plain);
  }

  @Test
  void read_truncatedGzip_saysSo() throws IOException {
    byte[] bytes = packed(true, "x,y\n" + "1,a\n2,b\n".repeat(1000));
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));

    assertThatThrownBy(() -> Datasets.read(config("y"), Task.CLASSIFICATION, new FileTableReader()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ends too early. Maybe it was not copied whole.");
  }

  @Test
  void read_nameThatPromisesGzip_isHeldToIt() throws IOException {
    file = folder.resolve("d.csv.gz");

    assertThatThrownBy(() -> read("x,y\n1,a\n2,b\n", "y"))
        .hasMessageContaining("not compressed as its name says. Maybe rename it.");
  }

  @Test
  void read_labelsInAFileOfTheirOwn_areJoinedRowByRow() throws IOException {
    Path labels = Files.writeString(folder.resolve("l.csv"), "n,label\n0,b\n1,a\n2,b\n");
    String[] more = {"data.labels=" + labels};

    Dataset dataset = read("x,z\n1,2\n3,4\n5,6\n", "label", more);

    assertThat(dataset.featureNames()).containsExactly("x", "z");
    assertThat(dataset.label(0)).isEqualTo(1);
    assertThatThrownBy(() -> read("x,z\n1,2\n3,4\n", "label", more))
        .hasMessage(labels + ": 3 labels for the 2 rows of " + file + "; the rule: one each.");
    // A row that is too short has a label too: its own problem is the one to report.
    assertThatThrownBy(() -> read("x,z\n1,2\n3\n5,6\n", "label", more))
        .hasMessage(file + ":3: 1 field; the first line has 2.");
  }

  @Test
  void read_columnPatterns_chooseFeatures() throws IOException {
    String text = "id,a1,a2,b1,y\n1,1,2,3,p\n2,4,5,6,q\n";

    assertThat(read(text, "y", "data.drop=[id, a*]").featureNames()).containsExactly("b1");
    assertThat(read(text, "y", "data.keep=[0-2]", "data.drop=[0]").featureNames())
        .containsExactly("a1", "a2");
    assertThatThrownBy(() -> read(text, "y", "data.drop=[c1]"))
        .hasMessage(file + ":1: data.drop: no column \"c1\". Maybe one of: id, a1, a2, b1, y.");
    assertThatThrownBy(() -> read(text, "y", "data.split={group: y}"))
        .hasMessage(file + ":1: data.split.group: \"y\" is the label.");
    assertThatThrownBy(() -> read(text, "a*"))
        .hasMessage(file + ":1: data.label: \"a*\" matches 2 columns; the rule: one.");
  }

  @Test
  void read_words_areCategories() throws IOException {
    Dataset dataset = read("x,p,y\n1,tcp,a\n2,udp,b\n3,tcp,b\n", "y");

    assertThat(dataset.columns().get(1).categories()).containsExactly("tcp", "udp");
    assertThat(dataset.features()).isEqualTo(3);
    assertThat(dataset.featureNames()).containsExactly("x", "p=tcp", "p=udp");
  }

  @Test
  void read_wordsAfterMissingValues_areCategories() throws IOException {
    Dataset dataset = read("x,p,y\n1,,a\n2,udp,b\n3,tcp,b\n", "y", "data.missing=most-frequent");

    assertThat(dataset.columns().get(1).categories()).containsExactly("udp", "tcp");
  }

  @Test
  void read_missingValues_followThePolicy() throws IOException {
    String text = "x,p,y\n1,u,a\n,v,b\n3,NA,b\n4,v,b\n";

    Dataset dropped = read(text, "y", "data.missing=drop-rows");

    assertThat(dropped.rows()).isEqualTo(2);
    assertThat(dropped.notes()).containsExactly("dropped 2 rows with missing values");
    assertThat(read(text, "y", "data.missing=mean").value(1, 0)).isNaN();
  }

  @Test
  void read_constantColumns_areDroppedAndNamed() throws IOException {
    Dataset dataset = read("k,x,w,y\n7,1,c,a\n7,2,c,b\n", "y");

    assertThat(dataset.featureNames()).containsExactly("x");
    assertThat(dataset.value(1, 0)).isEqualTo(2);
    assertThat(dataset.notes()).containsExactly("dropped constant columns: k, w");
  }

  @Test
  void read_labelMap_joinsLabels() throws IOException {
    String text = "x,y\n1,normal\n2,smurf\n3,neptune\n";
    String map = "data.label-map={normal: benign, \"*\": attack}";

    Dataset dataset = read(text, "y", map);

    assertThat(dataset.classes()).containsExactly("attack", "benign");
    assertThat(dataset.classCounts(Datasets.allRows(dataset))).containsExactly(2, 1);
    assertThatThrownBy(() -> read(text, "y", "data.label-map={normal: benign, smurf: attack}"))
        .hasMessage("data.label-map: no class for neptune. Maybe add \"*\" for all others.");
    assertThatThrownBy(() -> read(text, "y", "data.label-map={norml: benign, \"*\": attack}"))
        .hasMessage("data.label-map: no label \"norml\" in the data. Maybe \"normal\".");
  }

  @Test
  void read_testFile_isMatchedByColumnNames() throws IOException {
    Path test = Files.writeString(folder.resolve("t.csv"), "y,extra,x\na,9,5\nb,9,6\n");
    String[] more = {"data.test=" + test};

    Dataset dataset = read("x,y\n1,a\n2,b\n", "y", more);

    assertThat(dataset.testRows()).isEqualTo(2);
    assertThat(dataset.value(3, 0)).isEqualTo(6);
    assertThatThrownBy(() -> read("x,z,y\n1,2,a\n2,3,b\n", "y", more))
        .hasMessage(
            test + ":1: no column \"z\", which " + file + " has. Maybe one of: y, extra, x.");
    assertThatThrownBy(() -> read("x,y\n1,a\n2,c\n", "y", more))
        .hasMessageContaining("1 test row labelled \"b\", and no other row.");
  }

  /**
   * The shape of NSL-KDD: three categorical columns, a test file with attacks that training lacks.
   */
  @Test
  void read_nslKdd_fromItsOwnFiles() {
    Path nsl = Path.of("../shared/data/nsl-kdd");
    Assumptions.assumeTrue(Files.isDirectory(nsl), "needs ../shared/data/nsl-kdd");
    file = nsl.resolve("train-20percent.csv.gz").toAbsolutePath();

    Dataset dataset =
        Datasets.read(
            config(
                "attack",
                "data.test=" + nsl.resolve("test.csv.gz"),
                "data.drop=[difficulty]",
                "data.label-map={normal: normal, \"*\": attack}"),
            Task.CLASSIFICATION,
            new FileTableReader());

    assertThat(dataset.rows()).isEqualTo(25_192 + 22_544);
    assertThat(dataset.testRows()).isEqualTo(22_544);
    assertThat(dataset.classes()).containsExactly("attack", "normal");
    assertThat(dataset.columns().stream().filter(Column::categorical).map(Column::name))
        .containsExactly("protocol_type", "service", "flag");
    assertThat(dataset.featureNames()).contains("protocol_type=tcp", "service=http");
    assertThat(dataset.notes()).containsExactly("dropped constant columns: num_outbound_cmds");
  }
}
