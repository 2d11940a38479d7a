package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.ImageFiles.colourPng;
import static dev.gauntlet.data.format.ImageFiles.encode;
import static dev.gauntlet.data.format.ImageFiles.folder;
import static dev.gauntlet.data.format.ImageFiles.grey;
import static dev.gauntlet.data.format.ImageFiles.image;
import static dev.gauntlet.data.format.ImageFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gauntlet.config.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderFaultsTest {
  private static final byte[] PNG = grey("png", 2, 2, 7);
  private static final String LAYOUT =
      "; the rule: <class>/<image>, or train/<class>/<image> and test/<class>/<image>.";
  private static final String IMAGE_RULE =
      "; the rule: a whole PNG or JPEG of at most 64 megapixels."
          + " Maybe it was cut off, or only its name says that it is an image.";

  @TempDir Path root;

  /** The problems, without the folder of the test. */
  private List<String> problems(Map<String, byte[]> files, ImageSize size) throws IOException {
    folder(root, files);
    var thrown =
        catchThrowableOfType(InvalidInputException.class, () -> ImageFolderReader.read(root, size));
    assertThat(thrown).as("an error").isNotNull();
    return thrown.problems().stream().map(text -> text.replace(root.toString(), "ROOT")).toList();
  }

  private List<String> problems(Map<String, byte[]> files) throws IOException {
    return problems(files, ImageSize.AS_STORED);
  }

  /** A photograph of noise, long enough to be cut in its pixels. */
  private static byte[] noise(String format) {
    return encode(
        format,
        image(BufferedImage.TYPE_INT_RGB, 40, 40, (x, y) -> (x * 7919 + y * 104729) * 2654435));
  }

  /** Says that it has another size, with the right checksum. */
  private static byte[] declaring(int width, int height) {
    byte[] png = PNG.clone();
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    var sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    return png;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x.txt | ROOT: no class folders LAYOUT Maybe another folder is meant.
          train/ | ROOT/train: no class folders LAYOUT Maybe another folder is meant.
          train/a/1.png test/ | ROOT/test: no class folders LAYOUT Maybe another folder is meant.
          a/1.png b/ | ROOT/b: an empty class folder; the rule: at least one image in each. Maybe delete the folder.
          a/1.png b/.hidden | ROOT/b: an empty class folder; the rule: at least one image in each. Maybe delete the folder.
          a/1.png a/1.gif | ROOT/a/1.gif: another file in a class folder; the rule: only .png, .jpg and .jpeg, or hidden files. Maybe move it away.
          a/1.png a/b/1.png | ROOT/a/b: a folder in a class folder LAYOUT Maybe the source is one folder further down.
          a/1.png 1.png | ROOT/1.png: an image outside of a class folder LAYOUT Maybe move it into one.
          train/a/1.png train/1.png | ROOT/train/1.png: an image outside of a class folder LAYOUT Maybe move it into one.
          test/a/1.png | ROOT: a folder test and no folder train LAYOUT Maybe rename test to train.
          train/a/1.png val/a/1.png | ROOT/val: a folder beside train or test LAYOUT Maybe move it away.
          train/a/1.png test/b/1.png | ROOT/test/b: a class that train lacks; the rule: test has no other classes than train. Maybe one of the two folders is misspelt.
          """)
  void read_wrongLayout_saysWhereWhatAndRule(String names, String message) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (String name : names.split(" ", -1)) {
      files.put(name, PNG);
    }

    assertThat(problems(files)).containsExactly(message.replace(" LAYOUT", LAYOUT));
  }

  @Test
  void read_mixedSizes_namesBothFilesAndSizes() throws IOException {
    assertThat(problems(Map.of("a/1.png", PNG, "b/2.png", grey("png", 3, 2, 7))))
        .containsExactly(
            "ROOT/b/2.png: 3x2 pixels, and ROOT/a/1.png has 2x2; the rule: one size for all images"
                + " of a source. Maybe data.image-size.");
  }

  @Test
  void read_filesThatAreNoImages_saysWhyForEach() throws IOException {
    byte[] flipped = PNG.clone();
    flipped[PNG.length - 20] ^= 1;

    assertThat(
            problems(
                Map.of(
                    "a/0.png",
                    PNG,
                    "a/1.png",
                    text("GIF89a"),
                    "a/2.jpg",
                    new byte[0],
                    "a/3.png",
                    Arrays.copyOf(PNG, PNG.length - 5),
                    "a/4.png",
                    flipped)))
        .containsExactly(
            "ROOT/a/1.png: not an image that can be read: its first bytes are of neither"
                + IMAGE_RULE,
            "ROOT/a/2.jpg: not an image that can be read: no bytes" + IMAGE_RULE,
            "ROOT/a/3.png: not an image that can be read: it ends too early" + IMAGE_RULE,
            "ROOT/a/4.png: not an image that can be read: a part has a wrong checksum"
                + IMAGE_RULE);
  }

  /** The JDK decodes it, fills the rest with grey and only warns. */
  @Test
  void read_jpegThatIsCutOff_isRefused() throws IOException {
    byte[] whole = noise("jpg");

    assertThat(problems(Map.of("a/1.jpg", Arrays.copyOf(whole, whole.length * 2 / 3))))
        .singleElement()
        .asString()
        .startsWith("ROOT/a/1.jpg: not an image that can be read: ")
        .containsIgnoringCase("premature end of");
  }

  @Test
  void read_pixelsThatDoNotFillTheirSize_areRefused() throws IOException {
    assertThat(problems(Map.of("a/1.png", declaring(50, 50))))
        .singleElement()
        .asString()
        .startsWith("ROOT/a/1.png: not an image that can be read: ");
  }

  @Test
  void read_imageOfTooManyPixels_isRefusedByItsHeader() throws IOException {
    assertThat(problems(Map.of("a/1.png", declaring(8001, 8000)), new ImageSize(2, 2)))
        .containsExactly(
            "ROOT/a/1.png: not an image that can be read: it declares 8001x8000 pixels"
                + IMAGE_RULE);
  }

  @Test
  void read_tooManyValues_areRefusedBeforeDecoding() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      files.put("a/" + i + ".png", PNG);
    }

    assertThat(problems(files, new ImageSize(2000, 2000)))
        .containsExactly(
            "ROOT: 600 images of 1x2000x2000 values; the rule: at most 2147483640 in all."
                + " Maybe a smaller data.image-size.");
    assertThat(problems(Map.of(), new ImageSize(2001, 2000)))
        .containsExactly(
            "ROOT: 600 images of 1x2000x2001 values; the rule: at most 4000000 for each."
                + " Maybe a smaller data.image-size.");
  }

  @Test
  void read_faultsOfAllKinds_areReportedTogether() throws IOException {
    byte[] cut = Arrays.copyOf(noise("jpg"), 900);

    assertThat(
            problems(
                Map.of(
                    "a/1.png", colourPng(40, 40, 0),
                    "a/2.jpg", cut,
                    "a/3.png", text("no"),
                    "a/4.bmp", PNG,
                    "b/", PNG)))
        .hasSize(4);
  }

  @Test
  void read_manyFaults_showsTwentyAndCountsTheRest() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      files.put(String.format(java.util.Locale.ROOT, "a/%03d.txt", i), PNG);
    }

    assertThat(problems(files))
        .hasSize(21)
        .endsWith("ROOT: 980 more problems like these.")
        .satisfies(list -> assertThat(list.get(19)).startsWith("ROOT/a/019.txt: "));
  }

  @Test
  void read_missingPath_saysSo() {
    Path missing = root.resolve("no");

    assertThatThrownBy(() -> ImageFolderReader.read(missing, ImageSize.AS_STORED))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            missing
                + ": no such file or folder; the rule: a folder of images or a tar archive of one."
                + " Maybe the path is meant from another folder.");
  }
}
