package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Images in a folder on disk; follows links. */
final class FolderSource implements ImageSource {
  /** {@code train/<class>/<image>}: what lies deeper is not looked at. */
  private static final int DEPTH = 3;

  private final Path root;
  private final String name;

  /**
   * @param name what messages call it
   */
  FolderSource(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String name(List<String> path) {
    return name + "/" + String.join("/", path);
  }

  @Override
  public boolean allowsTopFolder() {
    return false;
  }

  @Override
  public void walk(Visitor visitor) {
    walk(root, List.of(), visitor);
  }

  private static void walk(Path folder, List<String> path, Visitor visitor) {
    for (Path file : visible(folder)) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(file.getFileName().toString());
      boolean isFolder = Files.isDirectory(file);
      visitor.visit(List.copyOf(deeper), isFolder, () -> read(file));
      if (isFolder && deeper.size() < DEPTH) {
        walk(file, deeper, visitor);
      }
    }
  }

  private static List<Path> visible(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    } catch (UncheckedIOException | IOException e) {
      throw new InvalidInputException(
          folder + ": the folder cannot be read: " + Causes.text(e) + "; the rule: readable.");
    }
  }

  private static byte[] read(Path file) throws IOException {
    // A pipe would be waited for without end.
    if (!Files.isRegularFile(file)) {
      throw new IOException("not a plain file");
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] content = bytes.readNBytes(MAX_FILE_BYTES + 1);
      if (content.length > MAX_FILE_BYTES) {
        throw new IOException("more than " + MAX_FILE_BYTES + " bytes");
      }
      return content;
    }
  }
}
