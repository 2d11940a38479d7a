package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Images in a tar archive, plain or gzipped, told by its bytes. Nothing is written to disk. */
final class TarSource implements ImageSource {
  private final String name;
  private final Opener opener;

  /** Gives the archive from its start, as often as it is asked. */
  interface Opener {
    InputStream open() throws IOException;
  }

  TarSource(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String name(List<String> path) {
    return name + "!/" + String.join("/", path);
  }

  @Override
  public boolean allowsTopFolder() {
    return true;
  }

  @Override
  public void walk(Visitor visitor) {
    try (InputStream bytes = opener.open();
        InputStream blocks = unzipped(new BufferedInputStream(bytes, 1 << 16))) {
      requireTar(blocks);
      var tar = new TarReader(blocks);
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        visit(tar, entry.get(), visitor);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * @param bytes that can be marked
   */
  static InputStream unzipped(InputStream bytes) throws IOException {
    bytes.mark(2);
    byte[] magic = bytes.readNBytes(2);
    bytes.reset();
    return isGzip(magic)
        ? new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16)
        : bytes;
  }

  static boolean isGzip(byte[] start) {
    return start.length >= 2 && start[0] == (byte) 0x1F && start[1] == (byte) 0x8B;
  }

  private void requireTar(InputStream blocks) throws IOException {
    blocks.mark(TarReader.BLOCK);
    byte[] header = blocks.readNBytes(TarReader.BLOCK);
    blocks.reset();
    if (header.length < TarReader.BLOCK || !TarReader.isHeader(header)) {
      throw notTar(name);
    }
  }

  static InvalidInputException notTar(String name) {
    return new InvalidInputException(
        name
            + ": neither a folder nor a tar archive; the rule: a folder of images, or a tar"
            + " archive of one, plain or gzipped. Maybe unpack it and name the folder.");
  }

  private void visit(TarReader tar, TarReader.Entry entry, Visitor visitor) {
    List<String> path = path(entry.name());
    if (!path.isEmpty() && path.stream().noneMatch(part -> part.startsWith("."))) {
      visitor.visit(path, entry.folder(), () -> read(tar, entry));
    }
  }

  private List<String> path(String entry) {
    List<String> path = new ArrayList<>();
    for (String part : entry.split("/", -1)) {
      if (part.equals("..")) {
        throw refused(entry);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path.add(part);
      }
    }
    if (entry.startsWith("/") || entry.matches("(?s)[A-Za-z]:[/\\\\].*")) {
      throw refused(entry);
    }
    return List.copyOf(path);
  }

  private InvalidInputException refused(String entry) {
    return new InvalidInputException(
        name
            + ": the entry \""
            + entry
            + "\" leads out of the archive; the rule: names without .. that are not absolute."
            + " Maybe pack the folder again from the folder above it.");
  }

  private byte[] read(TarReader tar, TarReader.Entry entry) throws IOException {
    if (!entry.plain()) {
      throw new IOException("not a plain file in the archive");
    }
    if (entry.size() > MAX_FILE_BYTES) {
      throw new IOException("more than " + MAX_FILE_BYTES + " bytes");
    }
    try {
      return tar.content();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private InvalidInputException broken(IOException e) {
    return new InvalidInputException(
        name
            + ": the archive cannot be read: "
            + Causes.text(e)
            + "; the rule: a whole tar archive, plain or gzipped. Maybe copy or pack it again.");
  }
}
