package dev.gauntlet.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where files are kept that can be made again: {@code GAUNTLET_CACHE}, else {@code
 * $XDG_CACHE_HOME/gauntlet}, else {@code ~/.cache/gauntlet}.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * The folder for one kind of files; made if it is not there.
   *
   * @throws IOException if it cannot be made
   */
  public static Path folder(String name) throws IOException {
    return Files.createDirectories(
        root(System.getenv(), System.getProperty("user.home")).resolve(name));
  }

  /** A relative {@code XDG_CACHE_HOME} counts for nothing, as its specification says. */
  static Path root(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("GAUNTLET_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    Path shared = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    return (shared.isAbsolute() ? shared : Path.of(home, ".cache")).resolve("gauntlet");
  }
}
