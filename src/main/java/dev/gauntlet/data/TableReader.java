package dev.gauntlet.data;

import dev.gauntlet.config.DataConfig;
import dev.gauntlet.config.SearchConfig.Task;

/** Reads what a configuration names. */
public interface TableReader {
  /**
   * All rows, in the order of the files, test rows last.
   *
   * @param task whether the target is a class or a number
   * @throws dev.gauntlet.config.InvalidInputException with every problem of the files
   */
  Table read(DataConfig config, Task task);
}
