package dev.gauntlet.data.files;

import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Downloads the files of known sets, each once: from the first of its mirrors that gives the right
 * bytes, going on where an earlier attempt broke off.
 */
final class Downloader {
  private final LazyFolder root;
  private final Retries retries;
  private final TransferListener listener;

  Downloader(TransferListener listener) {
    this(() -> CacheFolder.folder("sets"), Retries.STANDARD, listener);
  }

  /**
   * @param root of the folders of all sets
   */
  Downloader(LazyFolder root, Retries retries, TransferListener listener) {
    this.root = root;
    this.retries = retries;
    this.listener = listener;
  }

  /**
   * The files of a set, in their order.
   *
   * @throws InvalidInputException if no mirror gives a file
   * @throws IOException if the folder cannot be written
   */
  List<Path> files(KnownSet set) throws IOException {
    Path folder = root.get().resolve(set.name());
    List<Path> files = new ArrayList<>();
    boolean begun = false;
    for (KnownFile file : set.files()) {
      Path target = folder.resolve(file.name());
      if (!new Receipt(target).holds(file.sha256())) {
        if (!begun) {
          listener.begins(set.name(), set.terms());
          begun = true;
        }
        Files.createDirectories(folder);
        bring(set, file, target);
      }
      files.add(target);
    }
    return files;
  }

  private void bring(KnownSet set, KnownFile file, Path target) throws IOException {
    Path lock = target.resolveSibling(file.name() + ".lock");
    try (var held = FileLocks.take(lock, () -> listener.waits(file.name()))) {
      var receipt = new Receipt(target);
      String expected = file.sha256() == null ? receipt.sha256() : file.sha256();
      if (receipt.holds(expected)) {
        return;
      }
      if (Files.exists(target)) {
        String actual = Hashes.sha256(target);
        if (expected == null || actual.equals(expected)) {
          receipt.write(actual);
          return;
        }
        Files.delete(target);
      }
      download(set, file, expected, target);
    }
  }

  private void download(KnownSet set, KnownFile file, String expected, Path target)
      throws IOException {
    List<String> failures = new ArrayList<>();
    PartFile part = PartFile.of(target);
    for (URI mirror : file.mirrors()) {
      try {
        fill(part, mirror, file);
        String actual = verified(part, file, expected);
        Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE);
        part.delete();
        new Receipt(target).write(actual);
        return;
      } catch (FailedAttempt e) {
        failures.add(mirror + ": " + e.getMessage());
      }
    }
    throw new InvalidInputException(
        "data.source: "
            + set.name()
            + ": "
            + file.name()
            + " cannot be downloaded: "
            + String.join("; ", failures)
            + ". Maybe download it elsewhere and set data.path to its folder: "
            + set.fileNames()
            + ".");
  }

  private void fill(PartFile part, URI mirror, KnownFile file) throws IOException {
    Room.require(part.path().getParent(), Math.max(0, file.size() - part.size()));
    var http = new HttpAttempt(retries.stall());
    for (int attempt = 1; true; attempt++) {
      try {
        http.fill(
            part, mirror, file.size(), (bytes, total) -> listener.moves(file.name(), bytes, total));
        return;
      } catch (FailedAttempt e) {
        if (!e.isPassing() || attempt == retries.attempts()) {
          throw e;
        }
        retries.pause(attempt, e.pause());
      }
    }
  }

  /** The checksum of what was downloaded; what is wrong is deleted. */
  private static String verified(PartFile part, KnownFile file, String expected)
      throws IOException {
    try {
      if (file.size() >= 0 && part.size() != file.size()) {
        throw FailedAttempt.lasting(
            "it gave " + part.size() + " bytes and not " + file.size(), null);
      }
      String actual = Hashes.sha256(part.path());
      if (expected == null) {
        requireWhole(part.path(), file);
      } else if (!actual.equals(expected)) {
        throw FailedAttempt.lasting("its SHA-256 is " + actual + " and not " + expected, null);
      }
      return actual;
    } catch (FailedAttempt e) {
      part.delete();
      throw e;
    }
  }

  /** Before the checksum of the first download holds for ever: no error page, and no half file. */
  private static void requireWhole(Path path, KnownFile file) throws IOException {
    if (!file.name().endsWith(".gz")) {
      return;
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw FailedAttempt.lasting("what it gave is no whole gzip file", e);
    }
  }
}
