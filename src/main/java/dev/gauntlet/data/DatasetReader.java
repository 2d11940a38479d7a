package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;

/** Reads one format. */
public interface DatasetReader {

  /**
   * @throws dev.gauntlet.config.InvalidInputException with every problem of the file
   */
  Dataset read(DataConfig config);
}
