package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import dev.gauntlet.data.files.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** UTF-8 text, strict about its encoding; compression is told by the content, not by the name. */
final class TextFile {
  private static final int BUFFER = 1 << 16;

  private TextFile() {}

  /**
   * Opens a file, without its byte order mark.
   *
   * @param key names the file in messages
   * @throws InvalidInputException if the name promises another content
   */
  static Reader open(String key, SourceFile file) throws IOException {
    var bytes = new BufferedInputStream(Files.newInputStream(file.path()), BUFFER);
    var text = new BufferedInputStream(unpacked(key, file, bytes), BUFFER);
    byte[] mark = peek(text, 3);
    if (mark.length == 3
        && mark[0] == (byte) 0xEF
        && mark[1] == (byte) 0xBB
        && mark[2] == (byte) 0xBF) {
      text.skipNBytes(3);
    }
    return new ReadAhead(
        new InputStreamReader(
            text,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  private static InputStream unpacked(String key, SourceFile file, BufferedInputStream bytes)
      throws IOException {
    byte[] start = peek(bytes, 3);
    boolean gzip = start.length > 1 && start[0] == 0x1F && start[1] == (byte) 0x8B;
    boolean bzip2 = start.length > 2 && start[0] == 'B' && start[1] == 'Z' && start[2] == 'h';
    String name = file.path().getFileName().toString();
    if ((name.endsWith(".gz") && !gzip) || (name.endsWith(".bz2") && !bzip2)) {
      throw new InvalidInputException(
          key + ": " + file + ": not compressed as its name says. Maybe rename it.");
    }
    return gzip
        ? new GZIPInputStream(bytes, BUFFER)
        : bzip2 ? new BZip2CompressorInputStream(bytes, true) : bytes;
  }

  private static byte[] peek(BufferedInputStream stream, int length) throws IOException {
    stream.mark(length);
    byte[] start = stream.readNBytes(length);
    stream.reset();
    return start;
  }
}
