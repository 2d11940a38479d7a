package dev.gauntlet.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The entries of a tar archive (POSIX ustar and pax, GNU long names) one after another.
 *
 * <p>Not the TarArchiveInputStream of the library, of which only the fields of a header are taken:
 * the version that Spark brings works for minutes on the time "1e1000000" in an extended header
 * (CVE-2023-42503), nests a call for each such header, does not compare checksums, and takes an
 * archive that is cut off between two files for a whole one.
 */
final class TarReader {
  static final int BLOCK = 512;
  private static final int MAX_EXTENSION_BYTES = 1 << 20;

  /**
   * A file, folder or link.
   *
   * @param type the type flag of its header
   */
  record Entry(String name, char type, long size) {
    boolean folder() {
      return type == '5' || (plain() && name.endsWith("/"));
    }

    boolean plain() {
      return type == '0' || type == '\0' || type == '7';
    }
  }

  private final InputStream bytes;
  private long unread;
  private int padding;

  TarReader(InputStream bytes) {
    this.bytes = bytes;
  }

  /** The next entry; nothing at the end, after which all bytes were read. */
  Optional<Entry> next() throws IOException {
    var extension = new TarExtension();
    while (true) {
      byte[] header = header();
      if (header.length == 0) {
        drain();
        return Optional.empty();
      }
      Entry entry = entry(header);
      open(entry);
      switch (entry.type) {
        case 'L' -> extension.longName(extension(entry));
        case 'x' -> extension.records(extension(entry));
        // For all files, or the target of a link: of no use here.
        case 'g', 'K' -> extension(entry);
        default -> {
          Entry whole = extension.apply(entry);
          open(whole);
          return Optional.of(whole);
        }
      }
    }
  }

  /** The bytes of the entry that was given last. */
  byte[] content() throws IOException {
    int length = Math.toIntExact(unread);
    byte[] content = bytes.readNBytes(length);
    unread -= content.length;
    if (unread > 0) {
      throw new IOException("it ends too early");
    }
    return content;
  }

  /** Empty at the end of the archive. */
  private byte[] header() throws IOException {
    bytes.skipNBytes(unread);
    bytes.skipNBytes(padding);
    byte[] header = bytes.readNBytes(BLOCK);
    if (header.length < BLOCK) {
      throw new IOException("it stops without the empty block that ends an archive");
    }
    for (byte value : header) {
      if (value != 0) {
        return header;
      }
    }
    return new byte[0];
  }

  /** Whether the block holds the sum of its own bytes. */
  static boolean isHeader(byte[] block) {
    try {
      return TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      // Where the sum should be there is no number.
      return false;
    }
  }

  private static Entry entry(byte[] header) throws IOException {
    if (!isHeader(header)) {
      throw new IOException("a header has a wrong checksum");
    }
    try {
      long size = TarUtils.parseOctalOrBinary(header, 124, 12);
      return new Entry(name(header), (char) (header[156] & 0xFF), size);
    } catch (IllegalArgumentException e) {
      throw new IOException("a header has a size that is no number", e);
    }
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    String magic = text(header, 257, 6);
    String prefix = magic.equals("ustar") ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }

  private void open(Entry entry) throws IOException {
    if (entry.size < 0) {
      throw new IOException("a header has the size " + entry.size);
    }
    // Folders, links and devices have no content, whatever size they give.
    unread = entry.type >= '1' && entry.type <= '6' ? 0 : entry.size;
    padding = (int) (-unread & (BLOCK - 1));
  }

  private byte[] extension(Entry entry) throws IOException {
    if (entry.size > MAX_EXTENSION_BYTES) {
      throw new IOException("an extended header of " + entry.size + " bytes");
    }
    return content();
  }

  /** To the end, with which gzip checks its sum. */
  private void drain() throws IOException {
    byte[] rest = new byte[1 << 13];
    while (bytes.read(rest, 0, rest.length) >= 0) {
      // What follows the end of an archive is padding.
    }
  }
}
