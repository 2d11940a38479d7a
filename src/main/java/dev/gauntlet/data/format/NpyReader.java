package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.config.SearchConfig.Task;
import dev.gauntlet.data.Table;
import java.nio.file.Path;

/**
 * Arrays of NumPy, as {@code numpy.save} writes them: numbers of up to 8 bytes and truth values,
 * for labels also text; of any byte order, C or Fortran order, and one dimension or more.
 */
public final class NpyReader {
  static final String COLUMN = "x";

  private NpyReader() {}

  /**
   * @param features rows x anything; columns are named {@code x0}, {@code x1}, ...
   * @param labels one per row: whole numbers, truth values or text
   * @throws InvalidInputException if a file is damaged, of another format or type, holds an
   *     infinite number, or the two have different numbers of rows
   */
  public static Table read(Path features, Path labels) {
    return arrays(Blob.of(features), Blob.of(labels)).table(COLUMN, Task.CLASSIFICATION);
  }

  /** As {@link #read(Path, Path)}; the last rows are the test rows. */
  public static Table read(Path features, Path labels, Path testFeatures, Path testLabels) {
    LabelledArrays train = arrays(Blob.of(features), Blob.of(labels));
    return train.tableWithTest(
        COLUMN, arrays(Blob.of(testFeatures), Blob.of(testLabels)), Task.CLASSIFICATION);
  }

  /** The numbers of one file, without labels. */
  static Matrix matrix(Blob file) {
    StoredArray array = NpyHeader.read(file);
    if (array.item().text()) {
      throw file.problem("text", "numbers", "these are the labels");
    }
    long count = (long) array.rows() * array.columns();
    float[] values = Values.allocate(file, count, float[]::new);
    array.copy(values, 0);
    return new Matrix(array.shape(), values);
  }

  static Table read(Blob features, Blob labels) {
    return arrays(features, labels).table(COLUMN, Task.CLASSIFICATION);
  }

  static LabelledArrays arrays(Blob features, Blob labels) {
    return new LabelledArrays(NpyHeader.read(features), NpyHeader.read(labels));
  }
}
