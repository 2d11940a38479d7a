package dev.gauntlet.data.files;

import java.nio.file.Path;

/**
 * A file or folder on this machine.
 *
 * @param name what messages call it: where the user said it is
 */
public record SourceFile(Path path, String name) {

  static SourceFile of(Path path) {
    return new SourceFile(path, path.toString());
  }

  @Override
  public String toString() {
    return name;
  }
}
