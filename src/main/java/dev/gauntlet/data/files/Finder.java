package dev.gauntlet.data.files;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.config.Uris;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the files of a key: one file, the files of a folder, or those that a glob matches. Where
 * Spark reads, it finds them itself; only a local path that is not there is said here.
 */
record Finder(DataFormat format, Places places, List<String> problems) {
  private static final String TEST_BATCH = "test_batch.bin";
  private static final String CIFAR_FOLDER = "cifar-10-batches-bin";
  private static final String CIFAR_ARCHIVE = "cifar-10-binary\\.tar(\\.gz)?|cifar-10-binary\\.tgz";

  static boolean isGlob(String place) {
    return place.matches(".*[*?\\[{].*");
  }

  DataFiles find(DataConfig config) {
    if (format == DataFormat.CIFAR10 && config.test() == null) {
      return batches(config.path());
    }
    return new DataFiles(
        find("data.path", config.path()),
        find("data.labels", config.labels()),
        find("data.test", config.test()),
        find("data.test-labels", config.testLabels()),
        0);
  }

  interface Search {
    List<SourceFile> in(Storage storage, String path) throws IOException;
  }

  /** Adds a problem if something fails. */
  List<SourceFile> search(String key, String place, Search search) {
    try {
      return search.in(places.of(place), Places.path(place));
    } catch (IOException e) {
      problems.add(key + ": " + place + ": " + e.getMessage() + ".");
      return List.of();
    }
  }

  /**
   * Adds a problem if there are none.
   *
   * @param place null for none
   */
  private List<SourceFile> find(String key, String place) {
    boolean sparks = place != null && (Uris.isUri(place) || isGlob(place));
    return place == null || (format.spark() && sparks)
        ? List.of()
        : search(key, place, (storage, path) -> fetch(storage, find(key, storage, path)));
  }

  private List<String> find(String key, Storage storage, String path) throws IOException {
    if (storage.isFolder(path)) {
      boolean whole = format == DataFormat.IMAGES || format.spark();
      return whole ? List.of(path) : parts(storage, path);
    }
    if (storage.exists(path)) {
      return List.of(path);
    }
    if (isGlob(path)) {
      return one(storage.glob(path));
    }
    String maybe = Suggestions.maybeNearest(name(path), neighbours(storage, path));
    problems.add(
        key
            + ": "
            + path
            + ": no such file."
            + (maybe.isEmpty()
                ? " Maybe the path is meant from another folder: a relative path counts from the"
                    + " folder of the YAML file."
                : maybe));
    return List.of();
  }

  static List<SourceFile> fetch(Storage storage, List<String> places) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (String place : places) {
      files.add(storage.fetch(place));
    }
    return files;
  }

  /** CIFAR-10's folder, archive, or some of its batches; test rows are told by their name. */
  DataFiles batches(String place) {
    List<SourceFile> all =
        search(
            "data.path",
            place,
            (storage, path) ->
                fetch(
                    storage,
                    storage.isFolder(path)
                        ? batches(storage, path)
                        : find("data.path", storage, path)));
    List<SourceFile> test =
        all.size() == 1
            ? List.of()
            : all.stream().filter(file -> file.path().endsWith(TEST_BATCH)).toList();
    return new DataFiles(all.stream().filter(file -> !test.contains(file)).toList(), test);
  }

  private static List<String> batches(Storage storage, String folder) throws IOException {
    List<String> train = storage.files(folder, name -> name.matches("data_batch_[0-9]+\\.bin"));
    if (!train.isEmpty()) {
      List<String> all = new ArrayList<>(train);
      all.addAll(storage.files(folder, TEST_BATCH::equals));
      return all;
    }
    String inner = storage.child(folder, CIFAR_FOLDER);
    if (storage.isFolder(inner)) {
      return batches(storage, inner);
    }
    List<String> archives = storage.files(folder, name -> name.matches(CIFAR_ARCHIVE));
    if (archives.isEmpty()) {
      throw new IOException(
          "no data_batch_1.bin; the rule: CIFAR-10's binary files, a folder "
              + CIFAR_FOLDER
              + " of them, or cifar-10-binary.tar.gz");
    }
    return archives.subList(0, 1);
  }

  /** The files that Spark and others write into a folder. */
  private List<String> parts(Storage storage, String folder) throws IOException {
    if (format != DataFormat.TEXT) {
      throw new IOException("a folder; the rule: a file. Maybe name a file in it");
    }
    List<String> parts =
        storage.files(folder, name -> !name.startsWith(".") && !name.startsWith("_"));
    if (parts.isEmpty()) {
      throw new IOException("a folder without files; the rule: at least one");
    }
    return parts;
  }

  private List<String> one(List<String> files) throws IOException {
    if (files.isEmpty()) {
      throw new IOException("no file matches");
    }
    if (files.size() > 1 && format != DataFormat.TEXT && format != DataFormat.CIFAR10) {
      throw new IOException(
          files.size() + " files match; the rule: one for format " + Names.word(format));
    }
    return files;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<String> neighbours(Storage storage, String path) {
    try {
      return storage.files(storage.parent(path), any -> true).stream().map(Finder::name).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
