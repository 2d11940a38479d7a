package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.ImageFiles.colourPng;
import static dev.gauntlet.data.format.ImageFiles.encode;
import static dev.gauntlet.data.format.ImageFiles.folder;
import static dev.gauntlet.data.format.ImageFiles.grey;
import static dev.gauntlet.data.format.ImageFiles.image;
import static dev.gauntlet.data.format.ImageFiles.tar;
import static dev.gauntlet.data.format.ImageFiles.text;
import static dev.gauntlet.data.format.TestBytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.data.Column;
import dev.gauntlet.data.Table;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderReaderTest {
  @TempDir Path root;

  private Table read(Map<String, byte[]> files) throws IOException {
    return ImageFolderReader.read(folder(root, files), ImageSize.AS_STORED);
  }

  private static Map<String, byte[]> parts() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("train/cat/b.png", colourPng(2, 1, 0x010203));
    files.put("train/cat/a.PNG", colourPng(2, 1, 0x040506));
    files.put("train/ant/10.png", colourPng(2, 1, 0x070809));
    files.put("train/ant/9.jpeg", encode("jpg", image(1, 2, 1, (x, y) -> 0x808080)));
    files.put("test/cat/0.png", colourPng(2, 1, 0x0A0B0C));
    files.put("README.md", text("Beside the classes anything may lie."));
    files.put("train/cat/.DS_Store", text("hidden"));
    return files;
  }

  private static void assertSame(Table actual, Table expected) {
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.values()).isEqualTo(expected.values());
    assertThat(actual.labels().codes()).isEqualTo(expected.labels().codes());
    assertThat(actual.labels().names()).isEqualTo(expected.labels().names());
    assertThat(actual.testRows()).isEqualTo(expected.testRows());
  }

  @Test
  void read_trainAndTest_ordersPartThenClassThenName() throws IOException {
    Table table = read(parts());

    assertThat(table.labels().names()).containsExactly("ant", "cat");
    assertThat(table.labels().codes()).containsExactly(0, 0, 1, 1, 1);
    assertThat(table.testRows()).isEqualTo(1);
    assertThat(table.columns().stream().map(Column::name))
        .containsExactly("c0_y0_x0", "c0_y0_x1", "c1_y0_x0", "c1_y0_x1", "c2_y0_x0", "c2_y0_x1");
    assertThat(table.values())
        .containsExactly(
            7, 7, 8, 8, 9, 9, 128, 128, 128, 128, 128, 128, 4, 4, 5, 5, 6, 6, 1, 1, 2, 2, 3, 3, 10,
            10, 11, 11, 12, 12);
  }

  @Test
  void read_classFoldersOnly_hasNoTestRows() throws IOException {
    Table table = read(Map.of("b/1.png", grey("png", 1, 2, 7), "a/1.png", grey("png", 1, 2, 9)));

    assertThat(table.labels().names()).containsExactly("a", "b");
    assertThat(table.values()).containsExactly(9, 9, 7, 7);
    assertThat(table.testRows()).isZero();
  }

  @Test
  void read_trainOnly_hasNoTestRows() throws IOException {
    Table table = read(Map.of("train/a/1.png", grey("png", 1, 1, 7)));

    assertThat(table.labels().names()).containsExactly("a");
    assertThat(table.testRows()).isZero();
  }

  @Test
  void read_classCalledTrain_isAClassBesideOthers() throws IOException {
    Table table =
        read(Map.of("train/1.png", grey("png", 1, 1, 7), "plane/1.png", grey("png", 1, 1, 9)));

    assertThat(table.labels().names()).containsExactly("plane", "train");
  }

  @Test
  void read_archives_giveWhatTheFolderGives() throws IOException {
    Table expected = read(parts());
    Map<String, byte[]> inTop = new LinkedHashMap<>();
    parts().forEach((name, bytes) -> inTop.put("./" + "long".repeat(40) + "/" + name, bytes));
    Path file = Files.write(root.resolveSibling(root.getFileName() + ".tgz"), gzip(tar(inTop)));

    assertSame(ImageFolderReader.read(file, ImageSize.AS_STORED), expected);
    assertSame(ImageFolderReader.read("t", tar(parts()), ImageSize.AS_STORED), expected);
    assertSame(ImageFolderReader.read("t", gzip(tar(parts())), ImageSize.AS_STORED), expected);
    Files.delete(file);
  }

  @Test
  void read_archiveInAnyOrder_givesTheSame() throws IOException {
    Table expected = ImageFolderReader.read("t", tar(parts()), ImageSize.AS_STORED);
    List<String> names = new ArrayList<>(parts().keySet());
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(names, new java.util.Random(seed));
      Map<String, byte[]> shuffled = new LinkedHashMap<>();
      names.forEach(name -> shuffled.put(name, parts().get(name)));

      assertSame(ImageFolderReader.read("t", tar(shuffled), ImageSize.AS_STORED), expected);
    }
  }

  @Test
  void read_manyImages_eachLandsInItsRow() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 1999; i >= 0; i--) {
      files.put(String.format("a/%04d.png", i), colourPng(1, 1, i));
    }

    Table table = ImageFolderReader.read("t", tar(files), ImageSize.AS_STORED);

    assertThat(table.rows()).isEqualTo(2000);
    for (int i = 0; i < 2000; i++) {
      assertThat(table.values()[3 * i + 1] * 256 + table.values()[3 * i + 2]).isEqualTo(i);
    }
  }

  @Test
  void read_greyValues_areAsStored() throws IOException {
    assertThat(read(Map.of("a/1.png", grey("png", 1, 1, 10), "a/2.jpg", grey("jpg", 1, 1, 200))))
        .satisfies(table -> assertThat(table.values()).containsExactly(10, 200));
  }

  @Test
  void read_greyOfOtherDepths_isScaledTo255() throws IOException {
    var wide = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    wide.getRaster().setSample(0, 0, 0, 10 * 257);
    var bits = image(BufferedImage.TYPE_BYTE_BINARY, 1, 1, (x, y) -> 0xFFFFFF);

    Table table = read(Map.of("a/1.png", encode("png", wide), "a/2.png", encode("png", bits)));

    assertThat(table.values()).containsExactly(10, 255);
  }

  @Test
  void read_greyBesideColour_isRgb() throws IOException {
    Table table =
        read(Map.of("a/1.png", grey("png", 1, 1, 10), "a/2.png", colourPng(1, 1, 0x010203)));

    assertThat(table.values()).containsExactly(10, 10, 10, 1, 2, 3);
  }

  @Test
  void read_alpha_isIgnored() throws IOException {
    var clear = image(BufferedImage.TYPE_INT_ARGB, 4, 4, (x, y) -> 0x01C86432);
    folder(root, Map.of("a/1.png", encode("png", clear)));

    assertThat(ImageFolderReader.read(root, new ImageSize(1, 1)).values())
        .containsExactly(200, 100, 50);
    assertThat(ImageFolderReader.read(root, ImageSize.AS_STORED).values())
        .startsWith(200, 200)
        .endsWith(50);
  }

  @Test
  void read_size_resizesAllBilinearly() throws IOException {
    var slope = image(BufferedImage.TYPE_INT_RGB, 4, 2, (x, y) -> (x * 60) << 16);
    folder(root, Map.of("a/1.png", encode("png", slope), "a/2.png", grey("png", 9, 7, 33)));

    Table table = ImageFolderReader.read(root, new ImageSize(8, 1));

    assertThat(table.columns()).hasSize(24);
    assertThat(table.values()[0]).isCloseTo(0, Offset.offset(8f));
    assertThat(table.values()[3]).isCloseTo(75, Offset.offset(16f));
    assertThat(table.values()[7]).isCloseTo(180, Offset.offset(8f));
    assertThat(table.values()[8]).isZero();
    assertThat(java.util.Arrays.copyOfRange(table.values(), 24, 48)).containsOnly(33);
  }

  @Test
  void size_ofNothing_isRefused() {
    assertThatThrownBy(() -> new ImageSize(0, 3)).hasMessage("an image of 0x3");
    assertThat(new ImageSize(4, 3)).hasToString("4x3");
  }
}
