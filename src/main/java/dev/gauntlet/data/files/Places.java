package dev.gauntlet.data.files;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which storage a place is in. A place is a URI if it begins with a scheme of two letters or more
 * and {@code :/}, else a path of this machine, whatever colons are in it.
 */
final class Places implements AutoCloseable {
  private static final Pattern URI_START = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):/.*");
  private static final Pattern LOCAL_URI = Pattern.compile("(?i)file:(?://)?(/[^/].*|/)");

  private final Map<String, HadoopStorage> remote = new HashMap<>();
  private final HadoopSettings settings;
  private final Staging staging;

  Places(TransferListener listener) {
    this(new HadoopSettings(), new Staging(() -> CacheFolder.folder("staged"), listener));
  }

  Places(HadoopSettings settings, Staging staging) {
    this.settings = settings;
    this.staging = staging;
  }

  /** The place as its storage knows it. */
  static String path(String place) {
    Matcher local = LOCAL_URI.matcher(place);
    return local.matches() ? local.group(1) : place;
  }

  Storage of(String place) throws IOException {
    String path = path(place);
    if (!URI_START.matcher(path).matches()) {
      requireLocal(path);
      return new LocalStorage();
    }
    if (path.matches("(?i)https?:.*")) {
      throw new IOException("no file system. Maybe download it and name the file");
    }
    URI root = root(path);
    HadoopStorage known = remote.get(root.toString());
    if (known == null) {
      known = HadoopStorage.open(root, settings.configuration(), staging);
      remote.put(root.toString(), known);
    }
    return known;
  }

  private static void requireLocal(String path) throws IOException {
    try {
      if (Path.of(path).toString().isEmpty()) {
        throw new IOException("an empty path");
      }
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }

  /** Scheme and host alone, as what follows may hold what no URI does. */
  private static URI root(String place) throws IOException {
    int colon = place.indexOf(':');
    String rest = place.substring(colon + 1);
    String host = rest.startsWith("//") ? rest.substring(2).replaceFirst("/.*", "") : "";
    try {
      return new URI(place.substring(0, colon) + "://" + host + "/");
    } catch (URISyntaxException e) {
      throw new IOException("not a URI: " + e.getReason(), e);
    }
  }

  @Override
  public void close() {
    remote.values().forEach(HadoopStorage::close);
    remote.clear();
  }
}
