package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gauntlet.config.ConfigReader;
import dev.gauntlet.config.SearchConfig;
import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Description.ColumnSummary;
import dev.gauntlet.data.format.FileTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {
  @TempDir Path folder;

  private Description describe(String text, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), text);
    return describe(file, overrides);
  }

  private static Description describe(Path file, String... overrides) {
    SearchConfig config = ConfigReader.data(file.toString(), List.of(overrides));
    return Description.of(config.data(), config.task(), new FileTableReader());
  }

  @Test
  void of_bundledData_hasItsPublishedNumbers() {
    Path file = Path.of("conf/data/breast-cancer.csv");

    Description description = describe(file, "data.label=diagnosis");

    assertThat(description.rows()).isEqualTo(569);
    assertThat(description.classes().toString()).isEqualTo("{benign=357, malignant=212}");
    assertThat(description.majority()).isCloseTo(0.6274, within(1e-4));
    ColumnSummary radius = description.columns().get(0);
    assertThat(radius.min()).isCloseTo(6.981, within(1e-6));
    assertThat(radius.max()).isCloseTo(28.11, within(1e-5));
    assertThat(radius.mean()).isCloseTo(14.127, within(1e-3));
    assertThat(description.warnings()).isEmpty();
  }

  @Test
  void of_dirtyColumns_countsAndWarns() throws IOException {
    var text = new StringBuilder("id,k,gone,word,leak,x,y\n");
    Random random = new Seed(3).random();
    for (int i = 0; i < 200; i++) {
      boolean positive = random.nextBoolean();
      String x = i % 10 == 0 ? "" : Float.toString(random.nextFloat());
      String word = List.of("red", "green").get(random.nextInt(2));
      text.append("%d,7,,%s,%d,%s,%s%n".formatted(i, word, positive ? 9 : 2, x, positive));
    }

    Description description = describe(text.toString(), "data.label=y");

    List<ColumnSummary> columns = description.columns();
    assertThat(columns.get(1).constant()).isTrue();
    assertThat(columns.get(2).missing()).isEqualTo(200);
    assertThat(columns.get(3).categories()).isEqualTo(2);
    assertThat(columns.get(5).missing()).isEqualTo(20);
    assertThat(description.warnings())
        .containsExactly(
            "id: looks like an identifier. Maybe data.drop.",
            "gone: every value is missing.",
            "leak: predicts the label alone, for 100.0 % of the rows. Maybe it is made from the"
                + " label: data.drop.");
  }

  @Test
  void of_equalRows_areCountedWhereTheyStand() throws IOException {
    Path test = Files.writeString(folder.resolve("t.csv"), "x,z,y\n1,.5,a\n8,.3,b\n");

    Description description =
        describe("x,z,y\n1,.5,a\n2,.5,b\n1,.5,b\n", "data.label=y", "data.test=" + test);

    assertThat(description.testRows()).isEqualTo(2);
    assertThat(description.warnings())
        .containsExactly(
            "1 test rows have the features of an earlier row.",
            "1 rows have the features of an earlier row.");
  }
}
