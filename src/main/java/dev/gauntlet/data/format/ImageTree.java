package dev.gauntlet.data.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A folder of a source as the first pass found it, sorted by name. */
final class ImageTree {
  /**
   * A file.
   *
   * @param header present exactly if the file is called as an image and is one
   * @param fault why it is not, though called as one; else empty
   */
  record File(List<String> path, Optional<ImageHeader> header, String fault) {
    String name() {
      return path.get(path.size() - 1);
    }

    boolean calledImage() {
      String lower = name().toLowerCase(Locale.ROOT);
      return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
    }
  }

  private final List<String> path;
  private final NavigableMap<String, ImageTree> folders = new TreeMap<>();
  private final NavigableMap<String, File> files = new TreeMap<>();

  private ImageTree(List<String> path) {
    this.path = path;
  }

  /** Walks the source and reads the headers of its images. */
  static ImageTree of(ImageSource source, Faults faults) {
    var root = new ImageTree(List.of());
    source.walk(
        (path, folder, content) -> {
          if (folder) {
            root.folder(path);
          } else if (!root.add(file(path, content))) {
            faults.add(
                source.name(path),
                "twice in the archive; the rule: each name once. Maybe pack the folder again.");
          }
        });
    return root;
  }

  private static File file(List<String> path, ImageSource.Content content) {
    var unread = new File(path, Optional.empty(), "");
    if (!unread.calledImage()) {
      return unread;
    }
    try {
      return new File(path, Optional.of(ImageDecoder.header(content.read())), "");
    } catch (IOException e) {
      return new File(path, Optional.empty(), notAnImage(e));
    }
  }

  static String notAnImage(Throwable e) {
    return "not an image that can be read: "
        + Causes.text(e)
        + "; the rule: a whole PNG or JPEG of at most 64 megapixels."
        + " Maybe it was cut off, or only its name says that it is an image.";
  }

  private boolean add(File file) {
    ImageTree folder = folder(file.path.subList(0, file.path.size() - 1));
    return folder.files.putIfAbsent(file.name(), file) == null;
  }

  private ImageTree folder(List<String> names) {
    ImageTree folder = this;
    for (String name : names) {
      ImageTree parent = folder;
      folder = folder.folders.computeIfAbsent(name, key -> parent.child(key));
    }
    return folder;
  }

  private ImageTree child(String name) {
    List<String> deeper = new ArrayList<>(path);
    deeper.add(name);
    return new ImageTree(List.copyOf(deeper));
  }

  List<String> path() {
    return path;
  }

  NavigableMap<String, ImageTree> folders() {
    return folders;
  }

  NavigableMap<String, File> files() {
    return files;
  }

  boolean empty() {
    return folders.isEmpty() && files.isEmpty();
  }
}
