package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.files.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bytes that have a name for errors and can be opened again. How many there are is known before any
 * is interpreted, so that no header can ask for more memory than its file justifies.
 *
 * @param size of what {@code opening} gives, in bytes
 */
record Blob(String name, Opening opening, long size) {

  interface Opening {
    InputStream open() throws IOException;
  }

  static Blob of(Path file) {
    return of(file, file.toString());
  }

  static Blob of(SourceFile file) {
    return of(file.path(), file.name());
  }

  private static Blob of(Path file, String name) {
    if (Files.isDirectory(file)) {
      throw problem(name, "a folder", "a file", "name a file in it");
    }
    try {
      return new Blob(name, () -> Files.newInputStream(file), Files.size(file));
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  static Blob of(String name, byte[] bytes) {
    return new Blob(name, () -> new ByteArrayInputStream(bytes), bytes.length);
  }

  /**
   * What is inside, if this begins as gzip does, whatever its name; else this. Unpacks everything
   * once to count it: reading a file twice is cheaper than growing an array that may not fit.
   */
  Blob unpacked() {
    if (!Arrays.equals(start(2), new byte[] {0x1f, (byte) 0x8b})) {
      return this;
    }
    long size = unpackedSize();
    return new Blob(name + " (unpacked)", () -> new GZIPInputStream(opening.open()), size);
  }

  private long unpackedSize() {
    long size = 0;
    try (InputStream packed = opening.open();
        InputStream in = new GZIPInputStream(packed)) {
      byte[] buffer = new byte[1 << 13];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
      }
      return size;
    } catch (EOFException | ZipException e) {
      String what = "gzip is broken after byte " + size + " of its content: " + why(e);
      throw problem(what, "a complete gzip file", "it is truncated, get it again");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The first bytes: {@code count}, or all if there are fewer. */
  byte[] start(int count) {
    try (InputStream in = opening.open()) {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  ByteSource open() {
    try {
      return new ByteSource(this, opening.open());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  InvalidInputException problemAt(long offset, String what, String rule, String advice) {
    return problem("byte " + offset + ": " + what, rule, advice);
  }

  InvalidInputException problem(String what, String rule, String advice) {
    return problem(name, what, rule, advice);
  }

  private static InvalidInputException problem(
      String name, String what, String rule, String advice) {
    return new InvalidInputException(
        name + ": " + what + "; the rule: " + rule + ". Maybe " + advice + ".");
  }

  InvalidInputException unreadable(IOException e) {
    return unreadable(name, e);
  }

  private static InvalidInputException unreadable(String name, IOException e) {
    return new InvalidInputException(name + ": cannot be read: " + why(e) + ".");
  }

  /** In words, where the JDK gives none or only repeats the path. */
  static String why(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    boolean early = e instanceof EOFException && e.getMessage() == null;
    return early ? "it ends early" : e.getMessage();
  }
}
