package dev.gauntlet.engine.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file that depends on its content alone: without times, and without compression, which
 * differs from one zlib to another and gains little on weights.
 */
final class StableZip {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private StableZip() {}

  static byte[] of(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var from = new ZipFile(file.toFile());
        var to = new ZipOutputStream(bytes)) {
      for (String name : names(from)) {
        ZipEntry old = from.getEntry(name);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(old.getSize());
        entry.setCrc(old.getCrc());
        to.putNextEntry(entry);
        from.getInputStream(old).transferTo(to);
        to.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> names(ZipFile file) {
    return file.stream().map(ZipEntry::getName).sorted().toList();
  }
}
