package dev.gauntlet.journal;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder of one run. It is new when the run begins, so nothing is ever overwritten; each file
 * appears whole or not at all.
 */
public final class RunFolder {
  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** Makes {@code runs/<name>}, or {@code runs/<name>-2}, {@code -3} ... if it exists. */
  public static RunFolder next(Path runs, String name) {
    for (int number = 1; ; number++) {
      Path path = runs.resolve(number == 1 ? name : name + "-" + number);
      try {
        Files.createDirectories(runs);
        return new RunFolder(Files.createDirectory(path));
      } catch (FileAlreadyExistsException e) {
        if (e.getFile() != null && !Path.of(e.getFile()).equals(path)) {
          throw refused(runs, "a file; the rule: a folder.");
        }
      } catch (IOException e) {
        throw refused(path, "cannot be made: " + e + ".");
      }
    }
  }

  /**
   * Makes the given folder.
   *
   * @throws InvalidInputException if there is something in it already
   */
  public static RunFolder at(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (var files = Files.list(path)) {
          if (files.findAny().isPresent()) {
            throw refused(path, "not empty, and a run overwrites nothing. Maybe another folder.");
          }
        }
      } else if (Files.exists(path)) {
        throw refused(path, "a file; the rule: a folder.");
      }
      return new RunFolder(Files.createDirectories(path));
    } catch (IOException e) {
      throw refused(path, "cannot be made: " + e + ".");
    }
  }

  private static InvalidInputException refused(Path path, String why) {
    return new InvalidInputException("--output " + path + ": " + why);
  }

  public Path path() {
    return path;
  }

  /** Writes a file of the run, replacing an earlier version of it in one step. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #write(String, String)}; the name may contain folders. */
  public void write(String name, byte[] bytes) {
    Path file = path.resolve(name);
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
