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
 */
public record DataFiles(
    List<SourceFile> rows,
    List<SourceFile> labels,
    List<SourceFile> test,
    List<SourceFile> testLabels) {

  DataFiles(List<SourceFile> rows, List<SourceFile> test) {
    this(rows, List.of(), test, List.of());
  }

  /** As {@link #of(DataConfig, TransferListener)}, in silence. */
  public static DataFiles of(DataConfig config) {
    return of(config, TransferListener.SILENT);
  }

  /**
   * Finds them; copies what other file systems have into the cache folder, once.
   *
   * @throws InvalidInputException for each key whose files are not there or cannot be had
   */
  public static DataFiles of(DataConfig config, TransferListener listener) {
    return of(config, new Places(listener));
  }

  static DataFiles of(DataConfig config, Places places) {
    List<String> problems = new ArrayList<>();
    try (places) {
      DataFiles files = new Finder(config.format(), places, problems).find(config);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return files;
    }
  }
}
