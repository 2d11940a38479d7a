package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.files.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where images lie. Can be walked more than once; what is hidden (".name") is never visited. */
interface ImageSource {
  /** Far above any photograph; what an archive declares is not trusted further. */
  int MAX_FILE_BYTES = 1 << 28;

  String LAYOUTS = "<class>/<image>, or train/<class>/<image> and test/<class>/<image>";

  /** How messages name the source. */
  String name();

  /** How messages name a file or folder of the source. */
  String name(List<String> path);

  /** Whether all may lie in one top folder, as archives are usually packed. */
  boolean allowsTopFolder();

  /**
   * Visits files and folders in any order; folders that hold something may be left out.
   *
   * @throws InvalidInputException if the source as a whole cannot be read
   */
  void walk(Visitor visitor);

  /** Sees one file or folder. */
  interface Visitor {
    /**
     * @param path from the source down, at least one name
     */
    void visit(List<String> path, boolean folder, Content content);
  }

  /** The bytes of a file, to be read during the visit only. */
  interface Content {
    /**
     * @throws IOException if this one file cannot be read
     * @throws InvalidInputException if the source as a whole cannot be read
     */
    byte[] read() throws IOException;
  }

  /**
   * @throws InvalidInputException if there is nothing at the path that could be a source
   */
  static ImageSource at(SourceFile file) {
    Path path = file.path();
    if (Files.isDirectory(path)) {
      return new FolderSource(path, file.name());
    }
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          file
              + ": no such file or folder; the rule: a folder of images or a tar archive of one."
              + " Maybe the path is meant from another folder.");
    }
    if (!Files.isRegularFile(path)) {
      throw TarSource.notTar(file.name());
    }
    return new TarSource(file.name(), () -> Files.newInputStream(path));
  }
}
