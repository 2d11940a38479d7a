package dev.gauntlet.data.files;

import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.Names;
import dev.gauntlet.config.Suggestions;
import dev.gauntlet.config.Uris;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds the files of a key: one file, the files of a folder, or those that a glob matches. Where
 * Spark reads, it finds them itself; only a local path that is not there is said here.
 */
record Finder(DataFormat format, List<String> problems) {
  private static final String GLOB = ".*[*?\\[{].*";

  /**
   * Adds a problem if there are none.
   *
   * @param place null for none
   */
  List<SourceFile> find(String key, String place) {
    boolean sparks = place != null && (Uris.isUri(place) || place.matches(GLOB));
    if (place == null || (format.spark() && sparks)) {
      return List.of();
    }
    Path path;
    try {
      path = Path.of(place);
    } catch (InvalidPathException e) {
      problems.add(key + ": " + place + ": not a path: " + e.getReason() + ".");
      return List.of();
    }
    if (Files.isDirectory(path)) {
      boolean whole = format == DataFormat.IMAGES || format.spark();
      return whole ? List.of(SourceFile.of(path)) : parts(key, path);
    }
    if (Files.exists(path)) {
      return List.of(SourceFile.of(path));
    }
    if (place.matches(GLOB)) {
      return one(key, place, matches(key, path));
    }
    String maybe = Suggestions.maybeNearest(path.getFileName().toString(), neighbours(path));
    problems.add(
        key
            + ": "
            + place
            + ": no such file."
            + (maybe.isEmpty()
                ? " Maybe the path is meant from another folder: a relative path counts from the"
                    + " folder of the YAML file."
                : maybe));
    return List.of();
  }

  /** CIFAR-10's folder holds test rows too. */
  DataFiles batches(String place) {
    Path folder = Path.of(place);
    if (!Files.isDirectory(folder)) {
      return new DataFiles(find("data.path", place), List.of(), List.of(), List.of());
    }
    List<SourceFile> train = files(folder, name -> name.matches("data_batch_[0-9]+\\.bin"));
    if (train.isEmpty()) {
      problems.add(
          "data.path: " + folder + ": no data_batch_1.bin; the rule: CIFAR-10's binary files.");
    }
    List<SourceFile> test = files(folder, name -> name.equals("test_batch.bin"));
    return new DataFiles(train, List.of(), test, List.of());
  }

  /** The files that Spark and others write into a folder. */
  private List<SourceFile> parts(String key, Path folder) {
    if (format != DataFormat.TEXT) {
      problems.add(key + ": " + folder + ": a folder; the rule: a file. Maybe name a file in it.");
      return List.of();
    }
    List<SourceFile> parts = files(folder, name -> !name.startsWith(".") && !name.startsWith("_"));
    if (parts.isEmpty()) {
      problems.add(key + ": " + folder + ": a folder without files; the rule: at least one.");
    }
    return parts;
  }

  private List<SourceFile> matches(String key, Path pattern) {
    Path start = pattern.getRoot() == null ? Path.of("") : pattern.getRoot();
    for (Path name : pattern) {
      if (name.toString().matches(GLOB)) {
        break;
      }
      start = start.resolve(name);
    }
    int depth = pattern.toString().contains("**") ? Integer.MAX_VALUE : pattern.getNameCount();
    try (Stream<Path> files = Files.walk(start, Math.max(1, depth - start.getNameCount()))) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return files
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .sorted()
          .map(SourceFile::of)
          .toList();
    } catch (IOException | PatternSyntaxException e) {
      problems.add(key + ": " + pattern + ": not a glob of files: " + e.getMessage() + ".");
      return List.of();
    }
  }

  private List<SourceFile> one(String key, String place, List<SourceFile> files) {
    if (files.isEmpty() && problems.isEmpty()) {
      problems.add(key + ": " + place + ": no file matches.");
    }
    if (files.size() > 1 && format != DataFormat.TEXT && format != DataFormat.CIFAR10) {
      problems.add(
          key
              + ": "
              + place
              + ": "
              + files.size()
              + " files match; the rule: one for format "
              + Names.word(format)
              + ".");
    }
    return files;
  }

  private List<SourceFile> files(Path folder, Predicate<String> names) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> names.test(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .map(SourceFile::of)
          .toList();
    } catch (IOException e) {
      problems.add(folder + ": cannot be read: " + e.getMessage() + ".");
      return List.of();
    }
  }

  private static List<String> neighbours(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
