package dev.gauntlet.data.files;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that is not here whole, and beside it which version of which URI its bytes are from, so
 * that a later attempt, also of another process, asks for the rest of the same version only.
 *
 * @param path of the bytes
 */
record PartFile(Path path) {

  static PartFile of(Path target) {
    return new PartFile(target.resolveSibling(target.getFileName() + ".part"));
  }

  private Path origin() {
    return path.resolveSibling(path.getFileName() + ".from");
  }

  /** Bytes that are here. */
  long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The entity tag or date of the version; null if the rest of a version cannot be asked for. */
  String version(URI uri) {
    try {
      List<String> lines = Files.readAllLines(origin());
      boolean same = lines.size() == 2 && lines.get(0).equals(uri.toString()) && size() > 0;
      return same ? lines.get(1) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Remembers what the bytes that follow are from. */
  void begin(URI uri, HttpHeaders headers) throws IOException {
    delete();
    String version =
        headers
            .firstValue("ETag")
            // A weak tag does not promise the same bytes.
            .filter(tag -> !tag.startsWith("W/"))
            .or(() -> headers.firstValue("Last-Modified"))
            .orElse(null);
    if (version != null) {
      Files.write(origin(), List.of(uri.toString(), version));
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(origin());
  }
}
