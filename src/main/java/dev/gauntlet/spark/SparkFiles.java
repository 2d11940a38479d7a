package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.Uris;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.SparkSession;

/**
 * The files that a path names: a file, those in a folder, or those that a glob matches.
 *
 * @param where the path, for messages
 * @param path as Spark takes it
 * @param files in the order of their names, at least one
 */
record SparkFiles(String where, String path, List<Path> files) {

  /**
   * Finds them.
   *
   * @param key of the configuration
   */
  static SparkFiles of(SparkSession session, String key, String place) {
    String where = key + ": " + place;
    String path = literal(place);
    FileStatus[] found =
        SparkErrors.guard(
            where,
            () -> {
              var pattern = new Path(path);
              var settings = session.sparkContext().hadoopConfiguration();
              return pattern.getFileSystem(settings).globStatus(pattern);
            });
    if (found == null || found.length == 0) {
      throw new InvalidInputException(where + ": no such file or folder.");
    }
    String[] names =
        SparkErrors.guard(where, () -> session.read().format("text").load(path).inputFiles());
    if (names.length == 0) {
      throw new InvalidInputException(where + ": a folder without files; the rule: at least one.");
    }
    List<Path> files =
        Arrays.stream(names)
            .map(name -> SparkPath.fromUrlString(name).toPath())
            .sorted(Comparator.comparing(SparkFiles::name))
            .toList();
    return new SparkFiles(place, path, files);
  }

  /** A local file is meant before a glob. */
  private static String literal(String place) {
    return !Uris.isUri(place) && Files.exists(java.nio.file.Path.of(place))
        ? place.replaceAll("[\\[\\]{}*?\\\\,]", "\\\\$0")
        : place;
  }

  /** What messages call a file: local ones by their path. */
  static String name(Path file) {
    return "file".equals(file.toUri().getScheme()) ? file.toUri().getPath() : file.toString();
  }
}
