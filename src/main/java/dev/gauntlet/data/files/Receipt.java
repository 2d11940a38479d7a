package dev.gauntlet.data.files;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What is recorded beside a downloaded file when its SHA-256 was taken: that, its size and the time
 * of its last change. As long as the last two hold, the file is not read again to verify it.
 */
record Receipt(Path file) {

  private Path path() {
    return file.resolveSibling(file.getFileName() + ".receipt");
  }

  private Properties read() {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(path())) {
      values.load(in);
    } catch (IOException | IllegalArgumentException e) {
      // None, or none that says anything: the file is verified again.
      values.clear();
    }
    return values;
  }

  /** Null if there is none. */
  String sha256() {
    return read().getProperty("sha256");
  }

  /** Whether the file is as it was, and had the checksum that is expected; null for any. */
  boolean holds(String sha256) {
    Properties values = read();
    String recorded = values.getProperty("sha256");
    try {
      return recorded != null
          && (sha256 == null || sha256.equals(recorded))
          && Long.toString(Files.size(file)).equals(values.getProperty("size"))
          && changed().equals(values.getProperty("changed"));
    } catch (IOException e) {
      return false;
    }
  }

  void write(String sha256) throws IOException {
    Properties values = new Properties();
    values.setProperty("sha256", sha256);
    values.setProperty("size", Long.toString(Files.size(file)));
    values.setProperty("changed", changed());
    Path part = path().resolveSibling(path().getFileName() + ".part");
    try (Writer out = Files.newBufferedWriter(part)) {
      values.store(out, null);
    }
    Files.move(part, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String changed() throws IOException {
    return Files.getLastModifiedTime(file).toString();
  }
}
