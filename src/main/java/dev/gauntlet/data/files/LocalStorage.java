package dev.gauntlet.data.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files of this machine. */
final class LocalStorage implements Storage {

  @Override
  public boolean isFolder(String place) {
    return Files.isDirectory(Path.of(place));
  }

  @Override
  public boolean exists(String place) {
    return Files.exists(Path.of(place));
  }

  @Override
  public String parent(String place) {
    return Path.of(place).toAbsolutePath().resolveSibling("").toString();
  }

  @Override
  public String child(String folder, String name) {
    return Path.of(folder, name).toString();
  }

  @Override
  public String name(String place) {
    return Path.of(place).getFileName().toString();
  }

  @Override
  public List<String> files(String folder, Predicate<String> names) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .filter(file -> names.test(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .map(Path::toString)
          .toList();
    } catch (AccessDeniedException e) {
      throw new IOException("no permission", e);
    } catch (IOException e) {
      throw new IOException("cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> glob(String place) throws IOException {
    Path pattern = Path.of(place);
    Path start = pattern.getRoot() == null ? Path.of("") : pattern.getRoot();
    for (Path name : pattern) {
      if (Finder.isGlob(name.toString())) {
        break;
      }
      start = start.resolve(name);
    }
    int depth = place.contains("**") ? Integer.MAX_VALUE : pattern.getNameCount();
    try (Stream<Path> files = Files.walk(start, Math.max(1, depth - start.getNameCount()))) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return files
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .sorted()
          .map(Path::toString)
          .toList();
    } catch (IOException | PatternSyntaxException e) {
      throw new IOException("not a glob of files: " + e.getMessage(), e);
    }
  }

  @Override
  public SourceFile fetch(String place) {
    return SourceFile.of(Path.of(place));
  }
}
