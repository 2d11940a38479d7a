package dev.gauntlet.data.files;

import java.net.URI;
import java.util.List;

/**
 * A file of a known set.
 *
 * @param names first that of the download, then others that people have it under
 * @param mirrors in the order in which they are tried
 * @param size in bytes; -1 if nobody published it
 * @param sha256 in lower-case hexadecimal; null if nobody published it: then that of the first
 *     download is recorded and holds from then on
 */
record KnownFile(List<String> names, List<URI> mirrors, long size, String sha256) {
  KnownFile {
    names = List.copyOf(names);
    mirrors = List.copyOf(mirrors);
  }

  String name() {
    return names.get(0);
  }
}
