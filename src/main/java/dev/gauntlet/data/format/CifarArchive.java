package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CIFAR-10's batches in a tar archive, plain or gzipped. Nothing is written to disk: to open a
 * batch, the archive is read up to it, which for the original one takes seconds in all.
 */
final class CifarArchive {
  /** Far above the 30,730,000 bytes that a batch has; a batch is held in memory. */
  private static final long MAX_BATCH_BYTES = 1 << 30;

  private final Blob file;
  private final Map<String, Long> sizes;

  private CifarArchive(Blob file, Map<String, Long> sizes) {
    this.file = file;
    this.sizes = sizes;
  }

  /** By the first bytes: a batch begins with a label, 0 to 9. */
  static boolean isArchive(Blob file) {
    byte[] start = file.start(TarReader.BLOCK);
    return TarSource.isGzip(start)
        || (start.length == TarReader.BLOCK && TarReader.isHeader(start));
  }

  /**
   * Reads the archive through once.
   *
   * @throws InvalidInputException if it is damaged
   */
  static CifarArchive of(Blob file) {
    Map<String, Long> sizes = new TreeMap<>();
    try (InputStream in = plain(file)) {
      var tar = new TarReader(in);
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (entry.get().plain()) {
          sizes.putIfAbsent(name(entry.get()), entry.get().size());
        }
      }
    } catch (IOException e) {
      throw broken(file, e);
    }
    return new CifarArchive(file, sizes);
  }

  /** In the order of their names. */
  List<Blob> train() {
    return batches("data_batch_[0-9]+\\.bin");
  }

  List<Blob> test() {
    return batches("test_batch\\.bin");
  }

  private List<Blob> batches(String names) {
    return sizes.keySet().stream().filter(name -> name.matches(names)).map(this::batch).toList();
  }

  private Blob batch(String name) {
    long size = sizes.get(name);
    String shown = file.name() + "!/" + name;
    if (size > MAX_BATCH_BYTES) {
      throw file.problem(
          name + " of " + size + " bytes",
          "at most " + MAX_BATCH_BYTES,
          "it is not the binary version of CIFAR-10");
    }
    return new Blob(shown, () -> open(name), size);
  }

  private InputStream open(String name) throws IOException {
    try (InputStream in = plain(file)) {
      var tar = new TarReader(in);
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (entry.get().plain() && name(entry.get()).equals(name)) {
          return new ByteArrayInputStream(tar.content());
        }
      }
    }
    throw new IOException("it is gone from the archive");
  }

  private static String name(TarReader.Entry entry) {
    return entry.name().substring(entry.name().lastIndexOf('/') + 1);
  }

  private static InputStream plain(Blob file) throws IOException {
    return TarSource.unzipped(new BufferedInputStream(file.opening().open(), 1 << 16));
  }

  private static InvalidInputException broken(Blob file, IOException e) {
    return file.problem(
        "the archive cannot be read: " + Causes.text(e),
        "a whole tar archive of CIFAR-10's binary version, plain or gzipped",
        "it is truncated, get it again");
  }
}
