package dev.gauntlet.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/**
 * Copies of remote files: {@code <hash of the URI>/<hash of the version>/<name>}. The version is
 * the length and the time of the last change, for a folder those of all files below it. A copy
 * appears whole or not at all, is used as long as the version is the same, and goes when there is
 * another one.
 *
 * @param root of all copies
 */
record Staging(LazyFolder root, TransferListener listener) {
  private static final int BUFFER = 1 << 16;
  private static final String LOCK = "lock";

  /** One file to copy, and where it goes below the copy's folder. */
  private record Item(FileStatus status, String target) {
    String version() {
      return target + " " + status.getLen() + " " + status.getModificationTime();
    }
  }

  /**
   * Brings a file, or a folder with all files below it that are not hidden.
   *
   * @throws IOException if it cannot be read, changes meanwhile, or does not fit
   */
  SourceFile stage(FileSystem files, org.apache.hadoop.fs.Path place) throws IOException {
    FileStatus status = files.getFileStatus(place);
    List<Item> items = new ArrayList<>();
    collect(files, status, place.getName(), items);
    String uri = status.getPath().toString();
    Path home = Files.createDirectories(root.get().resolve(Hashes.sha256(uri)));
    String version =
        Hashes.sha256(items.stream().map(Item::version).collect(Collectors.joining("\n")));
    Path copy = home.resolve(version);
    if (!Files.exists(copy)) {
      try (var lock = FileLocks.take(home.resolve(LOCK), () -> listener.waits(uri))) {
        if (!Files.exists(copy)) {
          removeAll(home);
          copy(files, status, items, copy);
        }
      }
    }
    return new SourceFile(copy.resolve(place.getName()), place.toString());
  }

  private static void collect(FileSystem files, FileStatus status, String target, List<Item> items)
      throws IOException {
    if (status.isFile()) {
      items.add(new Item(status, target));
      return;
    }
    List<FileStatus> children = new ArrayList<>(List.of(files.listStatus(status.getPath())));
    children.sort(Comparator.comparing(FileStatus::getPath));
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (!name.startsWith(".")) {
        collect(files, child, target.isEmpty() ? name : target + "/" + name, items);
      }
    }
  }

  /** What is left of copies of other versions, whole or not. */
  private static void removeAll(Path home) throws IOException {
    try (Stream<Path> old = Files.list(home)) {
      old.filter(path -> !path.endsWith(LOCK)).forEach(path -> FileUtil.fullyDelete(path.toFile()));
    }
  }

  private void copy(FileSystem files, FileStatus status, List<Item> items, Path copy)
      throws IOException {
    Path home = copy.getParent();
    Room.require(home, items.stream().mapToLong(item -> item.status.getLen()).sum());
    Path part = Files.createTempDirectory(home, "part");
    if (status.isDirectory()) {
      Files.createDirectories(part.resolve(status.getPath().getName()));
    }
    for (Item item : items) {
      Path target = part.resolve(item.target);
      Files.createDirectories(target.getParent());
      copy(files, item.status, target);
    }
    Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
  }

  private void copy(FileSystem files, FileStatus status, Path target) throws IOException {
    String uri = status.getPath().toString();
    long length = status.getLen();
    long copied = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = files.open(status.getPath());
        OutputStream out = Files.newOutputStream(target)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        copied += n;
        listener.moves(uri, copied, length);
      }
    }
    FileStatus now = files.getFileStatus(status.getPath());
    if (copied != length
        || now.getLen() != length
        || now.getModificationTime() != status.getModificationTime()) {
      throw new IOException("it changed while it was read. Maybe try again when it is complete");
    }
  }
}
