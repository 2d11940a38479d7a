package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.data.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Archives of NumPy, as {@code numpy.savez} and {@code numpy.savez_compressed} write them: a zip of
 * .npy files, each for one array.
 */
public final class NpzReader {
  private static final List<String> FEATURES = List.of("x", "X", "data", "features", "arr_0");
  private static final List<String> LABELS = List.of("y", "label", "labels", "target", "arr_1");
  private static final List<String> KERAS = List.of("x_train", "y_train", "x_test", "y_test");
  private static final String SUFFIX = ".npy";
  private static final String COLUMN = "x";

  private final Blob file;
  private final Map<String, Long> sizes;

  private NpzReader(Blob file) {
    this.file = file;
    this.sizes = sizes(file);
  }

  /**
   * @param features the name of an array; empty for the first there is of x, X, data, features,
   *     arr_0
   * @param labels the name of an array; empty for the first there is of y, label, labels, target,
   *     arr_1
   * @throws InvalidInputException as {@link NpyReader#read(Path, Path)}, or if there is no such
   *     array
   */
  public static Table read(Path file, String features, String labels) {
    return read(Blob.of(file), features, labels);
  }

  /** As {@link #read(Path, String, String)}; those of Keras, with x_train and so on, too. */
  static Table read(Blob file, String label, Task task) {
    var archive = new NpzReader(file);
    if (label.isEmpty() && archive.names().containsAll(KERAS)) {
      LabelledArrays train = archive.arrays(KERAS.get(0), KERAS.get(1));
      return train.tableWithTest(COLUMN, archive.arrays(KERAS.get(2), KERAS.get(3)), task);
    }
    return archive.arrays("", label).table(COLUMN, task);
  }

  /** As {@link #read(Path, String, String)}; the last rows are the test rows. */
  public static Table read(
      Path file, String features, String labels, String testFeatures, String testLabels) {
    var archive = new NpzReader(Blob.of(file));
    LabelledArrays train = archive.arrays(features, labels);
    return train.tableWithTest(
        COLUMN, archive.arrays(testFeatures, testLabels), Task.CLASSIFICATION);
  }

  static Table read(Blob file, String features, String labels) {
    return new NpzReader(file).arrays(features, labels).table(COLUMN, Task.CLASSIFICATION);
  }

  private LabelledArrays arrays(String features, String labels) {
    String x = choose(features, FEATURES, "features");
    String y = choose(labels, LABELS, "labels");
    return new LabelledArrays(NpyHeader.read(member(x)), NpyHeader.read(member(y)));
  }

  private String choose(String name, List<String> usual, String what) {
    List<String> wanted = name.isEmpty() ? usual : List.of(name);
    List<String> names = names();
    return wanted.stream()
        .filter(names::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: no array %s for the %s, it has: %s; the rule: an array of the archive.%s"
                        .formatted(
                            file.name(),
                            String.join(" or ", wanted),
                            what,
                            names.isEmpty() ? "none" : String.join(", ", names),
                            Suggestions.maybe(name, names))));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (String member : sizes.keySet()) {
      if (member.endsWith(SUFFIX)) {
        names.add(member.substring(0, member.length() - SUFFIX.length()));
      }
    }
    return names;
  }

  private Blob member(String name) {
    String member = name + SUFFIX;
    return new Blob(file.name() + ": " + member, () -> open(member), sizes.get(member));
  }

  /** At its end if the member has gone meanwhile, which reads as a file that became shorter. */
  private InputStream open(String member) throws IOException {
    ZipInputStream zip = new ZipInputStream(file.opening().open());
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && !entry.getName().equals(member)) {
      entry = zip.getNextEntry();
    }
    return zip;
  }

  /**
   * The size of each member, counted by unpacking it once, as what the archive says may be wrong.
   */
  private static Map<String, Long> sizes(Blob file) {
    byte[] mark = file.start(2);
    if (mark.length < 2 || mark[0] != 'P' || mark[1] != 'K') {
      throw file.problemAt(
          0, "not PK", "an .npz file is a zip archive", "it is an .npy file or has another format");
    }
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (InputStream in = file.opening().open();
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        long size = zip.transferTo(OutputStream.nullOutputStream());
        sizes.putIfAbsent(e.getName(), size);
      }
      return sizes;
    } catch (IOException | IllegalArgumentException e) {
      // The second is what ZipInputStream throws for a name that is not UTF-8.
      throw file.problem(
          "the zip archive is broken after member " + sizes.size() + ": " + Blob.why(e),
          "a complete zip archive",
          "it is truncated, get it again");
    }
  }
}
