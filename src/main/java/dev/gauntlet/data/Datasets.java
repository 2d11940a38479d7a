package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.InvalidInputException;
import java.util.Arrays;

/** The data of a search: chooses the reader and checks what every search needs. */
public final class Datasets {
  /** More distinct labels than this are rather measurements than classes. */
  private static final int MAX_CLASSES = 1000;

  private Datasets() {}

  /**
   * @throws InvalidInputException if the file or its labels do not allow classification
   */
  public static Dataset read(DataConfig config) {
    Dataset dataset = new CsvReader().read(config);
    int classes = dataset.classes().size();
    String column = "data.label: column \"" + config.label() + "\" of " + config.path() + ": ";
    if (classes == 1) {
      throw new InvalidInputException(
          column
              + "all "
              + dataset.rows()
              + " rows are \""
              + dataset.classes().get(0)
              + "\"; the rule: at least two classes.");
    }
    if (classes > MAX_CLASSES) {
      throw new InvalidInputException(
          column
              + classes
              + " distinct labels; the rule: at most "
              + MAX_CLASSES
              + " classes. Maybe another column is the label.");
    }
    return dataset;
  }

  /** 0, 1, ... rows - 1. */
  public static int[] allRows(Dataset dataset) {
    int[] rows = new int[dataset.rows()];
    Arrays.setAll(rows, row -> row);
    return rows;
  }
}
