package dev.gauntlet.data.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What extended headers say of the entry that follows them: name, size, whether it is sparse. */
final class TarExtension {
  private String name = "";
  private long size = -1;
  private boolean sparse;

  /** GNU: the whole content is the name, with a zero at its end. */
  void longName(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    name = end < 0 ? text : text.substring(0, end);
  }

  /** POSIX: records such as {@code 18 path=cat/1.png\n}, their own length first. */
  void records(byte[] content) throws IOException {
    int start = 0;
    while (start < content.length && content[start] != 0) {
      int space = start;
      while (space < content.length && content[space] != ' ') {
        space++;
      }
      long length = number(new String(content, start, space - start, StandardCharsets.UTF_8));
      long end = start + length;
      if (end > content.length || end < space + 2 || content[(int) end - 1] != '\n') {
        throw new IOException("an extended header has a record of a wrong length");
      }
      record(new String(content, space + 1, (int) end - space - 2, StandardCharsets.UTF_8));
      start = (int) end;
    }
  }

  private void record(String text) throws IOException {
    if (text.startsWith("path=")) {
      name = text.substring("path=".length());
    } else if (text.startsWith("size=")) {
      size = number(text.substring("size=".length()));
    } else if (text.startsWith("GNU.sparse.")) {
      sparse = true;
    }
  }

  private static long number(String text) throws IOException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException("an extended header has a length that is no number");
    }
    return Long.parseLong(text);
  }

  TarReader.Entry apply(TarReader.Entry entry) {
    return new TarReader.Entry(
        name.isEmpty() ? entry.name() : name,
        sparse ? 'S' : entry.type(),
        size < 0 ? entry.size() : size);
  }
}
