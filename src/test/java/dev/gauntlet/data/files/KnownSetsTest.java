package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.DataConfig.Source;
import dev.gauntlet.config.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownSetsTest {

  @ParameterizedTest
  @EnumSource(Source.class)
  void of_everySource_isWhole(Source source) {
    KnownSet set = KnownSets.of(source);

    assertThat(set.name()).isEqualTo(Names.word(source));
    assertThat(set.licence()).isNotBlank();
    assertThat(set.citation()).matches(".*\\([0-9]{4}\\).*");
    assertThat(set.files()).isNotEmpty();
    for (KnownFile file : set.files()) {
      assertThat(file.names()).doesNotHaveDuplicates();
      assertThat(file.mirrors())
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allMatch(mirror -> mirror.getPath().endsWith("/" + file.name()));
      assertThat(file.size() > 0).isEqualTo(file.sha256() != null);
      assertThat(file.sha256() == null || file.sha256().matches("[0-9a-f]{64}")).isTrue();
    }
  }

  /** The sizes of the originals, which the page of MNIST names. */
  @Test
  void of_mnist_isTheOriginal() {
    assertThat(KnownSets.of(Source.MNIST).files())
        .extracting(KnownFile::size)
        .containsExactly(9_912_422L, 28_881L, 1_648_877L, 4_542L);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void page_ofEverySource_saysLicenceAndCitation(Source source) throws IOException {
    KnownSet set = KnownSets.of(source);
    String page = Files.readString(Path.of("src/site/markdown/configuration.md"));

    assertThat(page.substring(page.indexOf("## Known sets")).lines())
        .filteredOn(line -> line.startsWith("| `" + set.name() + "` |"))
        .singleElement()
        .asString()
        .contains("| " + set.licence() + " |")
        .endsWith("| " + set.citation() + " |");
  }
}
