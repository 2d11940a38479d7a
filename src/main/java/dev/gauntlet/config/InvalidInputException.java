package dev.gauntlet.config;

import java.util.List;

/**
 * The command, the configuration or the data is wrong, and only the user can mend it. Carries every
 * problem that was found, each a complete sentence that says where, what and which rule.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public InvalidInputException(String problem) {
    this(List.of(problem));
  }

  public InvalidInputException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an invalid input without a problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
