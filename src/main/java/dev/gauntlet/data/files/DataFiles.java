package dev.gauntlet.data.files;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a configuration, on this machine. More than one file for a key are its parts, in the
 * order of their names.
 *
 * @param rows at least one; a folder only for images
 * @param labels none if the labels are in the rows
 * @param test none if test rows are split off, or in {@code rows}
 * @param testLabels as {@code labels}
 * @param features of a known set of text: how many columns are features, the last ones; what stands
 *     before them is an index, its content tells whether a file has a header, and its last column
 *     is the label. 0 where the configuration says all that
 */
public record DataFiles(
    List<SourceFile> rows,
    List<SourceFile> labels,
    List<SourceFile> test,
    List<SourceFile> testLabels,
    int features) {

  DataFiles(List<SourceFile> rows, List<SourceFile> test) {
    this(rows, List.of(), test, List.of(), 0);
  }

  /** As {@link #of(DataConfig, TransferListener)}, in silence. */
  public static DataFiles of(DataConfig config) {
    return of(config, TransferListener.SILENT);
  }

  /**
   * Finds them; downloads known sets and copies what other file systems have, both into the cache
   * folder and both only once.
   *
   * @throws InvalidInputException for each key whose files are not there or cannot be had
   */
  public static DataFiles of(DataConfig config, TransferListener listener) {
    return of(config, new Places(listener), new Downloader(listener));
  }

  static DataFiles of(DataConfig config, Places places, Downloader downloader) {
    List<String> problems = new ArrayList<>();
    try (places) {
      var finder = new Finder(config.format(), places, problems);
      DataFiles files =
          config.source() == null
              ? finder.find(config)
              : new KnownSetFinder(finder, downloader)
                  .find(KnownSets.of(config.source()), config.path());
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return files;
    }
  }
}
