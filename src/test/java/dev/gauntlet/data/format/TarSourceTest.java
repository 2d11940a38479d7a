package dev.gauntlet.data.format;

import static dev.gauntlet.data.format.ImageFiles.encode;
import static dev.gauntlet.data.format.ImageFiles.grey;
import static dev.gauntlet.data.format.ImageFiles.image;
import static dev.gauntlet.data.format.ImageFiles.tar;
import static dev.gauntlet.data.format.ImageFiles.text;
import static dev.gauntlet.data.format.TestBytes.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.Table;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTest {
  private static final byte[] PNG = grey("png", 2, 2, 7);

  private static Table read(byte[] archive) {
    return ImageFolderReader.read("x.tar", archive, ImageSize.AS_STORED);
  }

  private static void assertRefused(byte[] archive, String message) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("x.tar" + message);
  }

  private static byte[] small() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("top/train/a/1.png", PNG);
    files.put(
        "top/train/b/1.jpg",
        encode("jpg", image(BufferedImage.TYPE_INT_RGB, 2, 2, (x, y) -> x * 0x405060)));
    files.put("top/test/b/" + "n".repeat(100) + ".png", PNG);
    return tar(files);
  }

  /** One entry with any header, and a file after it. */
  private static byte[] with(TarArchiveEntry entry, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, 1024)) {
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      var file = new TarArchiveEntry("a/1.png");
      file.setSize(PNG.length);
      tar.putArchiveEntry(file);
      tar.write(PNG);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void read_whatIsNoArchive_isRefused() {
    String message = ": neither a folder nor a tar archive; the rule: a folder of images, or a";
    assertRefused(new byte[0], message);
    assertRefused(new byte[1024], message);
    assertRefused(text("PK".repeat(600)), message);
  }

  /** Wherever it is cut, also between two files. */
  @Test
  void read_archiveThatIsCutOff_isRefused() throws IOException {
    byte[] plain = small();
    byte[] gzip = gzip(plain);
    for (int length = 512; length < plain.length - 1024; length += 256) {
      assertRefused(Arrays.copyOf(plain, length), ": the archive cannot be read: it ");
    }
    for (int length = 20; length < gzip.length; length += 7) {
      assertRefused(Arrays.copyOf(gzip, length), ": the archive cannot be read: it ends too early");
    }
  }

  @Test
  void read_damagedGzip_isRefused() throws IOException {
    byte[] gzip = gzip(small());
    gzip[gzip.length - 6] ^= 1;

    assertRefused(gzip, ": the archive cannot be read: ");
  }

  @Test
  void read_damagedHeader_isRefused() throws IOException {
    byte[] archive = tar(Map.of("a/1.png", PNG, "a/2.png", PNG));
    archive[1024] ^= 1;

    assertRefused(archive, ": the archive cannot be read: a header has a wrong checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/2.png", "../a/2.png", "a/../../2.png", "C:/a/2.png", "C:\\a\\2.png"})
  void read_nameThatLeadsOut_isRefused(String name) throws IOException {
    assertRefused(
        with(new TarArchiveEntry(name, true), PNG),
        ": the entry \"" + name + "\" leads out of the archive; the rule: names without ..");
  }

  @Test
  void read_linkCalledAnImage_isRefused() throws IOException {
    var link = new TarArchiveEntry("a/2.png", (byte) '2');
    link.setLinkName("/etc/passwd");

    assertRefused(
        with(link, new byte[0]),
        "!/a/2.png: not an image that can be read: not a plain file in the archive");
  }

  @Test
  void read_nameTwice_isRefused() throws IOException {
    assertRefused(with(new TarArchiveEntry("a/1.png"), PNG), "!/a/1.png: twice in the archive");
  }

  @Test
  void read_emptyFolderEntry_isAnEmptyClass() throws IOException {
    assertRefused(with(new TarArchiveEntry("b/"), new byte[0]), "!/b: an empty class folder");
  }

  /** A library reads this time for minutes: CVE-2023-42503. */
  @Test
  void read_extendedHeaderWithEnormousTime_isReadAtOnce() throws IOException {
    byte[] record = "24 mtime=1e100000000000\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(read(with(new TarArchiveEntry("x", (byte) 'x'), record)).rows()).isEqualTo(1);
  }

  @Test
  void read_extendedHeaderOfWrongLength_isRefused() throws IOException {
    assertRefused(
        with(new TarArchiveEntry("x", (byte) 'x'), text("99 path=a\n")),
        ": the archive cannot be read: an extended header has a record of a wrong length");
    assertRefused(
        with(new TarArchiveEntry("x", (byte) 'x'), text("?? path=a\n")),
        ": the archive cannot be read: an extended header has a length that is no number");
  }

  @Test
  void read_gnuLongName_isTheNameOfTheNextFile() throws IOException {
    byte[] name = text("long/" + "n".repeat(200) + ".png\0");

    assertThat(read(with(new TarArchiveEntry("x", (byte) 'L'), name)).labels().names())
        .containsExactly("long");
  }

  /** Every mutation either gives a table or a message, and soon. */
  @Test
  void read_mutatedArchives_giveATableOrAMessage() throws IOException {
    byte[] whole = small();
    var random = new Random(7);
    int refused = 0;
    long slowest = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] archive = mutated(whole, random);
      long start = System.nanoTime();
      refused += refuses(archive) ? 1 : 0;
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    assertThat(slowest).isLessThan(2_000_000_000L);
    assertThat(refused).isBetween(5_000, 19_900);
  }

  private static boolean refuses(byte[] archive) {
    try {
      return read(archive).rows() == 0;
    } catch (InvalidInputException e) {
      assertThat(e.problems()).allMatch(text -> text.startsWith("x.tar"));
      return true;
    }
  }

  /** Half of them with headers that are right again, so that what lies behind is reached. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] archive = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      // Headers and the first bytes of a file matter more than padding.
      int block = 512 * random.nextInt(archive.length / 512);
      int place = random.nextBoolean() ? random.nextInt(160) : random.nextInt(512);
      archive[block + place] = (byte) (random.nextBoolean() ? random.nextInt() : '0' + place % 8);
    }
    if (random.nextBoolean()) {
      mendChecksums(whole, archive);
    }
    return random.nextInt(10) == 0
        ? Arrays.copyOf(archive, random.nextInt(archive.length))
        : archive;
  }

  private static void mendChecksums(byte[] whole, byte[] archive) {
    for (int block = 0; block < whole.length; block += 512) {
      if (new String(whole, block + 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
        Arrays.fill(archive, block + 148, block + 156, (byte) ' ');
        int sum = 0;
        for (int i = block; i < block + 512; i++) {
          sum += archive[i] & 0xFF;
        }
        byte[] octal = text(String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
        System.arraycopy(octal, 0, archive, block + 148, octal.length);
      }
    }
  }
}
