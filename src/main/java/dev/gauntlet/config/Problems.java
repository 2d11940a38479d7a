package dev.gauntlet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {
  private record Problem(Location at, String text) {}

  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param path the YAML path, such as {@code space.network.units}; empty for the whole file
   * @param text the value and the rule, and a line that begins "Maybe" where there is advice
   */
  void add(Location at, String path, String text) {
    problems.add(new Problem(at, path.isEmpty() ? text : path + ": " + text));
  }

  boolean isEmpty() {
    return problems.isEmpty();
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
