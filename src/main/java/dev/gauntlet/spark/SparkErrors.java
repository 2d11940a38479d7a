package dev.gauntlet.spark;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.format.Causes;
import dev.gauntlet.validate.TrialResult;
import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;

/** What exceptions of Spark and Hadoop say to a person. */
final class SparkErrors {
  private static final Pattern CONNECTOR =
      Pattern.compile("Class .*\\.(S3A)FileSystem not found|No FileSystem for scheme \"(.+?)\".*");

  private SparkErrors() {}

  /** What broke an attempt at a trial: the same on every machine where the cause is the same. */
  static String brief(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return "out of memory: " + e.getMessage();
    }
    String text = e.getMessage() == null ? "" : e.getMessage();
    return text.contains("ExecutorLostFailure")
        ? TrialResult.PROCESS_DIED
        : e.getClass().getSimpleName() + ": " + text(e);
  }

  /**
   * Does what may fail because of its input.
   *
   * @param where names the input
   * @throws InvalidInputException instead of any other exception
   */
  static <T> T guard(String where, Callable<T> action) {
    try {
      return action.call();
    } catch (InvalidInputException e) {
      throw e;
    } catch (Exception e) {
      throw new InvalidInputException(where + ": cannot be read: " + text(e) + ".");
    }
  }

  /** What ends a run, where that is behind it all. */
  static void throwIfInput(Throwable e) {
    if (root(e) instanceof InvalidInputException input) {
      throw input;
    }
  }

  /** One line of the innermost cause, without a full stop. */
  static String text(Throwable e) {
    return known(root(e)).orElseGet(() -> line(root(e)));
  }

  /** As {@link #text}, of a file that is there. */
  static String fault(Throwable e) {
    return known(root(e))
        .orElseGet(() -> line(root(e)) + ". Maybe the file is broken: copy or write it again");
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Empty for a cause that only its library knows. */
  private static Optional<String> known(Throwable cause) {
    String text = cause.getMessage() == null ? "" : cause.getMessage();
    Matcher connector = CONNECTOR.matcher(text);
    if (connector.matches()) {
      return Optional.of(connector(connector.group(1) != null ? "s3a" : connector.group(2)));
    }
    if (cause instanceof AccessControlException || text.endsWith("(Permission denied)")) {
      return Optional.of("no permission");
    }
    if (cause instanceof FileNotFoundException) {
      return Optional.of("no such file");
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of("unknown host " + text);
    }
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(Causes.text(cause));
    }
    return text.contains("TIMESTAMP(NANOS")
        ? Optional.of(line(cause) + ". Maybe write times in microseconds")
        : Optional.empty();
  }

  private static String connector(String scheme) {
    String name =
        scheme.equals("s3a")
            ? "org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion()
            : "GROUP:CONNECTOR:VERSION";
    return "nothing on the class path reads "
        + scheme
        + "://. Maybe spark-submit --packages "
        + name;
  }

  /** The first line, without Spark's name of the error and the task that had it. */
  private static String line(Throwable cause) {
    String text = cause.getMessage();
    if (text == null || text.isBlank()) {
      return Causes.text(cause);
    }
    return text.strip()
        .lines()
        .findFirst()
        .orElseThrow()
        .replaceFirst("^Job aborted due to stage failure: .*\\([^()]* executor [^)]*\\): ", "")
        .replaceFirst("^\\[[A-Z_.0-9]+\\] ", "")
        .replaceFirst("[.\\s]+$", "");
  }
}
