package dev.gauntlet.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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
    List<String> problems = new ArrayList<>();
    Task of = task;
    var training = checked(space.training(), one -> one.forTask(of), problems);
    space = new SpaceConfig(space.network(), space.optimizer(), training);
    search = checked(search, one -> one.forTask(of), problems);
    validate = checked(validate, one -> one.forTask(of), problems);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      problems.add(
          "name \""
              + name
              + "\" names a folder; the rule: letters, digits, '.', '_' and '-', first a letter or a"
              + " digit.");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** The same, trained so. */
  public SearchConfig training(TrainingConfig training) {
    var other = new SpaceConfig(space.network(), space.optimizer(), training);
    return new SearchConfig(name, seed, task, data, other, search, validate, run);
  }

  private static <T> T checked(T section, UnaryOperator<T> check, List<String> problems) {
    try {
      return check.apply(section);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return section;
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
