package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataConfig.Scale;
import dev.gauntlet.config.DataConfig.SplitConfig;
import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
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

  private Dataset read(String text, String label) throws IOException {
    Files.writeString(file, text);
    return Datasets.read(config(label));
  }

  private DataConfig config(String label) {
    return new DataConfig(file.toString(), label, Scale.NONE, new SplitConfig(0.7, 0.15, 0.15));
  }

  @Test
  void read_bundledData_isBreastCancerWisconsin() {
    file = Path.of("conf/data/breast-cancer.csv");

    Dataset dataset = Datasets.read(config("diagnosis"));

    assertThat(dataset.rows()).isEqualTo(569);
    assertThat(dataset.columns()).hasSize(30).startsWith("mean_radius").doesNotContain("diagnosis");
    assertThat(dataset.classes()).containsExactly("benign", "malignant");
    assertThat(dataset.classCounts(Datasets.allRows(dataset))).containsExactly(357, 212);
    assertThat(dataset.feature(0, 0)).isEqualTo(17.99f);
  }

  @Test
  void read_markQuotesSpacesAndBlankLines_areUnderstood() throws IOException {
    Dataset dataset = read("\uFEFFx ,\"y\", z\r\n\" 1\",b,2\r\n\r\n-3e1,a,+.5\r\n", "y");

    assertThat(dataset.columns()).containsExactly("x", "z");
    assertThat(dataset.classes()).containsExactly("a", "b");
    assertThat(dataset.label(0)).isEqualTo(1);
    assertThat(dataset.feature(1, 0)).isEqualTo(-30);
    assertThat(dataset.feature(1, 1)).isEqualTo(0.5f);
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
          `` | the file is empty; the rule: a header and rows.
          `x,y` | a header and no rows.
          `x,y;1,a;2,a` | data.label: column "y" of FILE: all 2 rows are "a"; the rule: at least two classes.
          `x,yy;1,a` | :1: data.label: no column "y". Maybe one of: x, yy.
          `a,b;1,2` | :1: data.label: no column "y". Maybe one of: a, b.
          `x,x,y;1,2,a` | :1: two columns are named "x".
          `x,,y;1,2,a` | :1: column 2 has no name.
          `y;a` | :1: one column; the rule: a label and at least one feature.
          `x,y;1,a;2` | :3: 1 fields; the header has 2.
          `x,y;1,a;2,b,3` | :3: 3 fields; the header has 2.
          `x,y;1,a;abc,b` | :3: column "x": "abc"; the rule: a finite number.
          `x,y;1,a;,b` | :3: column "x": missing; the rule: a finite number.
          `x,y;1,a;NaN,b` | :3: column "x": "NaN"; the rule: a finite number.
          `x,y;1,a;1e99,b` | :3: column "x": "1e99"; the rule: a finite number.
          `x,y;1,a;2,` | :3: column "y": no label.
          """)
  void read_dirtyFile_saysRowColumnValueAndRule(String text, String message) {
    assertThatThrownBy(() -> read(text.replace(';', '\n'), "y"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(message.replace("FILE", file.toString()));
  }

  @Test
  void read_manyProblems_showsTwentyAndCountsTheRest() {
    String rows = "?,a\n".repeat(1000);

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
    assertThatThrownBy(() -> Datasets.read(config("y")))
        .hasMessageContaining("no such file. Maybe the path is meant from another folder");
  }

  @Test
  void read_folder_isRefused() {
    file = folder;

    assertThatThrownBy(() -> Datasets.read(config("y"))).hasMessageContaining(": a folder;");
  }

  @Test
  void read_latin1_isRefused() throws IOException {
    Files.write(file, "x,y\n1,caf\u00e9\n2,b\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Datasets.read(config("y"))).hasMessageContaining("not UTF-8 text.");
  }
}
