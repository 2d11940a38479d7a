package dev.gauntlet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {
  private record Problem(Location at, String text) {}

  /** More than anyone reads; each may cost a search for the nearest word. */
  private static final int MAX = 1000;

  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param path the YAML path, such as {@code space.network.units}; empty for the whole file
   * @param text the value and the rule, and a line that begins "Maybe" where there is advice
   * @throws InvalidInputException with the first thousand, at the next one
   */
  void add(Location at, String path, String text) {
    if (problems.size() == MAX) {
      problems.add(
          new Problem(at, "more than " + MAX + " problems; what follows was not checked."));
      throwIfAny();
    }
    problems.add(new Problem(at, path.isEmpty() ? text : path + ": " + text));
  }

  int size() {
    return problems.size();
  }

  void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    throw new InvalidInputException(
        problems.stream()
            .sorted(Comparator.comparingInt(problem -> problem.at.line()))
            .map(problem -> problem.at + ": " + problem.text)
            .distinct()
            .toList());
  }
}
