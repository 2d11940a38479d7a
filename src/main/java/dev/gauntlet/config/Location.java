package dev.gauntlet.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source the file, or the command-line argument, as the user wrote it
 * @param line the line in the file, from 1; 0 for a command-line argument
 * @param folder what relative paths in the value are relative to: the folder of the file, or the
 *     working folder for an argument
 */
record Location(String source, int line, Path folder) {

  static Location argument(String argument) {
    return new Location(argument, 0, Path.of(""));
  }

  Location atLine(int other) {
    return new Location(source, other, folder);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
