package dev.gauntlet.config;

import java.io.Serializable;

/**
 * One search: the whole YAML file, checked, with every default filled in.
 *
 * @param name names the run folder; the name of the file if it is not written
 * @param seed of everything random in the search
 * @param task what is predicted
 */
public record SearchConfig(
    String name,
    @Default("1") long seed,
    @Default("classification") Task task,
    DataConfig data,
    SpaceConfig space,
    @Default("{}") StrategyConfig search,
    @Default("{}") ValidateConfig validate,
    @Default("{}") RunConfig run)
    implements Serializable {

  public SearchConfig {
    space = new SpaceConfig(space.network(), space.optimizer(), space.training().forTask(task));
    search = search.forTask(task);
    validate = validate.forTask(task);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "name \""
              + name
              + "\" names a folder; the rule: letters, digits, '.', '_' and '-', first a letter or a"
              + " digit.");
    }
  }

  /** What is predicted. */
  public enum Task {
    /** One of several classes. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION
  }
}
