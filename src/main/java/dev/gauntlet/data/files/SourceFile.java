package dev.gauntlet.data.files;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file or folder on this machine.
 *
 * @param name what messages call it: where the user said it is
 */
public record SourceFile(Path path, String name) {

  static SourceFile of(Path path) {
    return new SourceFile(path, path.toString());
  }

  /** Whether the name says that tabs stand between fields. */
  public boolean tabbed() {
    return name.toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz|\\.bz2)?");
  }

  @Override
  public String toString() {
    return name;
  }
}
