package dev.gauntlet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.data.format.ImageFiles;
import dev.gauntlet.data.format.TestBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code gauntlet validate} says to each kind of bad data, word for word: {@code
 * src/test/resources/bad-input.txt}. A case is a headline, the section {@code data} and what
 * standard error is.
 */
class BadInputTest {
  private static final Path GOLDEN = Path.of("src/test/resources/bad-input.txt");
  private static final byte[] LABELS =
      TestBytes.idx(8, new int[] {3}, (byte) 0, (byte) 1, (byte) 2);
  private static final String SHAPE = "'fortran_order': False, 'shape': (2, 1), }\n";

  @TempDir Path folder;

  static Stream<Arguments> cases() throws IOException {
    return Arrays.stream(Files.readString(GOLDEN).split("(?m)^## "))
        .skip(1)
        .map(text -> text.split("\n", 3))
        .map(parts -> Arguments.of(parts[0], parts[1], parts[2].stripTrailing()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void validate_badInput_saysWhereWhatAndWhich(String name, String data, String expected)
      throws IOException {
    ImageFiles.folder(folder, files());

    assertThat(validate(data)).isEqualTo(expected);
  }

  /** Exit code 2; the folder is shown as DIR. */
  private String validate(String data) throws IOException {
    Path conf = folder.resolve("c.yaml");
    Files.writeString(
        conf, "data: " + data + "\nspace: {network: {type: dense}, optimizer: {type: adam}}\n");
    var err = new StringWriter();
    int exit =
        GauntletCommand.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("validate", conf.toString());
    assertThat(exit).as(err.toString()).isEqualTo(2);
    return err.toString().replace(folder.toString(), "DIR").stripTrailing();
  }

  @Test
  void validate_unreadableFile_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.csv"), "x,y\n1,a\n2,b\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "needs a user who may not read everything");

    assertThat(validate("{path: secret.csv, label: y}"))
        .isEqualTo(
            "data.path: DIR/secret.csv: cannot be read: access is denied.\n"
                + "1 problem; nothing was run.");
  }

  @Test
  void validate_byteOrderMark_isAccepted() throws IOException {
    ImageFiles.folder(folder, files());
    Path conf = folder.resolve("c.yaml");
    Files.writeString(
        conf,
        """
        data: {path: bom.csv, label: y}
        space: {network: {type: dense}, optimizer: {type: adam}}
        validate: {folds: 2}
        """);
    var out = new StringWriter();

    int exit =
        GauntletCommand.commandLine()
            .setOut(new PrintWriter(out))
            .execute("validate", conf.toString());

    assertThat(exit).isZero();
    assertThat(out.toString()).contains("20 rows x 1 features: 10 a, 10 b");
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    texts().forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    String good = "x,y\n" + "1,a\n2,b\n".repeat(10);
    files.put("bom.csv", ("\uFEFF" + good).getBytes(UTF_8));
    files.put("latin.csv", "x,y\n1,\u00e4\n2,b\n".getBytes(ISO_8859_1));
    byte[] packed = TestBytes.gzip(good.repeat(50).getBytes(UTF_8));
    files.put("short.csv.gz", Arrays.copyOf(packed, packed.length - 20));
    files.put("plain.csv.gz", good.getBytes(UTF_8));
    files.put("x.idx", TestBytes.idx(8, new int[] {3, 1}, (byte) 4, (byte) 5, (byte) 6));
    files.put("y.idx", LABELS);
    files.put("two.idx", TestBytes.idx(8, new int[] {2}, (byte) 0, (byte) 1));
    files.put("cut.idx", TestBytes.idx(8, new int[] {3, 2}, (byte) 4, (byte) 5));
    files.put("text.idx", good.getBytes(UTF_8));
    files.put("objects.npy", TestBytes.npy("{'descr': '|O', " + SHAPE, new byte[16]));
    files.put("complex.npy", TestBytes.npy("<c8", false, "(2, 1)", new byte[16]));
    files.put("scalar.npy", TestBytes.npy("<f4", false, "()", TestBytes.floats(1)));
    files.put("x.npy", TestBytes.npy("<f4", true, "(2, 1)", TestBytes.floats(1, 2)));
    files.put("wide.npy", TestBytes.npy("<f4", false, "(2, 3)", new byte[24]));
    files.put(
        "inf.npy",
        TestBytes.npy("<f4", false, "(1, 1)", TestBytes.floats(Float.POSITIVE_INFINITY)));
    files.put("batch.bin", new byte[5000]);
    files.put("empty-class/a/1.png", ImageFiles.colourPng(2, 2, 1));
    files.put("empty-class/b/", new byte[0]);
    files.put("corrupt/a/1.png", ImageFiles.colourPng(2, 2, 1));
    files.put("corrupt/b/2.png", Arrays.copyOf(ImageFiles.colourPng(2, 2, 1), 30));
    files.put("mixed/a/1.png", ImageFiles.colourPng(2, 2, 1));
    files.put("mixed/b/2.png", ImageFiles.colourPng(3, 2, 1));
    return files;
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("good.csv", "x,y\n" + "1,a\n2,b\n".repeat(10));
    texts.put("empty.csv", "");
    texts.put("header.csv", "x,y\n");
    texts.put("twice.csv", "x,x,y\n1,2,a\n2,3,b\n");
    texts.put("blank.csv", ",x,y\n0,1,a\n1,2,b\n");
    texts.put("case.csv", "Age,age,y\n1,2,a\n2,3,b\n");
    texts.put("bare.csv", "5.1,3.5,0\n4.9,3.0,1\n");
    texts.put("parts/1.csv", "x,y\n1,a\n2,b\n");
    texts.put("parts/2.csv", "x,z,y\n1,2,a\n2,3,b\n");
    texts.put("ragged.csv", "x,y\n1,a\n2,b,c\n3\n");
    texts.put("words.csv", "x,y\n1,a\ntwo,b\n");
    texts.put("numbers.csv", "x,y\n1,a\nInfinity,b\n1e99,b\n");
    texts.put("gaps.csv", "x,z,y\n1,,a\nNaN,2,b\n,NA,b\n");
    texts.put("nolabel.csv", "x,y\n1,a\n2,\n3,null\n");
    texts.put("single.csv", "x,y\n1,a\n2,a\n");
    texts.put("constant.csv", "x,z,y\n1,2,a\n1,2,b\n");
    texts.put("unseen.csv", "x,y\n1,a\n2,c\n");
    texts.put("other.csv", "xx,y\n1,a\n2,b\n");
    texts.put("labels.csv", "label\na\nb\n");
    texts.put("rare.csv", "x,y\n" + "1,a\n2,b\n".repeat(30) + "3,c\n".repeat(8));
    texts.put("never.csv", "x,y\n" + "1,a\n2,b\n".repeat(30) + "3,c\n");
    texts.put("target.csv", "x,y\n1,5\n2,high\n");
    return texts;
  }
}
