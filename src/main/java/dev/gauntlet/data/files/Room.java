package dev.gauntlet.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk, asked for before it is filled. */
final class Room {
  private Room() {}

  /**
   * @throws IOException if a folder cannot take so many bytes
   */
  static void require(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      throw new IOException(
          "%d MB, and the cache folder %s has room for %d MB. Maybe set GAUNTLET_CACHE to a folder on another disk"
              .formatted(bytes / 1_000_000, folder, free / 1_000_000));
    }
  }
}
