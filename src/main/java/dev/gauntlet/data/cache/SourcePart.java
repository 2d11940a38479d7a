package dev.gauntlet.data.cache;

import dev.gauntlet.data.files.DataFiles;
import dev.gauntlet.data.files.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that a table is read from, as it is now.
 *
 * @param role the key that names it
 * @param name what the reader takes from its name: in a folder of images the path from the folder
 *     down, which says class and order; of text, whether it is {@code .tsv}; else nothing
 */
record SourcePart(String role, String name, Path path, long size, FileTime modified) {
  private static final int BUFFER = 1 << 20;

  /** {@code train/<class>/<image>}: what lies deeper is not looked at. */
  private static final int DEPTH = 3;

  /** In the order in which they are read, those of a folder in the order of their names. */
  static List<SourcePart> of(DataFiles files) throws IOException {
    List<SourcePart> parts = new ArrayList<>();
    add("path", files.rows(), parts);
    add("labels", files.labels(), parts);
    add("test", files.test(), parts);
    add("test-labels", files.testLabels(), parts);
    return parts;
  }

  private static void add(String role, List<SourceFile> files, List<SourcePart> parts)
      throws IOException {
    for (SourceFile file : files) {
      if (Files.isDirectory(file.path())) {
        addFolder(role, file.path(), parts);
      } else {
        parts.add(of(role, file.tabbed() ? ".tsv" : "", file.path()));
      }
    }
  }

  private static void addFolder(String role, Path folder, List<SourcePart> parts)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path name = folder.relativize(file);
        if (!hidden(name)) {
          parts.add(of(role, name.toString(), file));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean hidden(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static SourcePart of(String role, String name, Path path) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new SourcePart(role, name, path, attributes.size(), attributes.lastModifiedTime());
  }

  /** SHA-256 of the content, as 64 hexadecimal digits. */
  String digest() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, size))];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
