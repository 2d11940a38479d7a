package dev.gauntlet.data.files;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a configuration. More than one file for a key are its parts, in the order of their
 * names.
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

  /**
   * Finds them.
   *
   * @throws InvalidInputException for each key whose files are not there
   */
  public static DataFiles of(DataConfig config) {
    List<String> problems = new ArrayList<>();
    var finder = new Finder(config.format(), problems);
    var files =
        config.format() == DataFormat.CIFAR10 && config.test() == null
            ? finder.batches(config.path())
            : new DataFiles(
                finder.find("data.path", config.path()),
                finder.find("data.labels", config.labels()),
                finder.find("data.test", config.test()),
                finder.find("data.test-labels", config.testLabels()));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return files;
  }
}
