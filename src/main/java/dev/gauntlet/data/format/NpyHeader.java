package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a .npy file, format versions 1.0, 2.0 and 3.0: a mark, a version, a length and a
 * Python dictionary of three entries (numpy.lib.format).
 */
final class NpyHeader {
  private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** What a version 1.0 header can have; only records of very many fields need more. */
  private static final int MAX_LENGTH = 65535;

  /** NumPy's own limit. */
  private static final int MAX_DIMENSIONS = 64;

  /** Possessive throughout, so that no text makes it backtrack. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\G\\s*+['\"](descr|fortran_order|shape)['\"]\\s*+:\\s*+"
              + "('[^']*+'|\"[^\"]*+\"|True|False|\\([^()]*+\\)|\\[)\\s*+,?+");

  private static final Pattern SIDE = Pattern.compile("[0-9]{1,18}L?");
  private static final String RULE =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (rows, columns), }";

  private record Entry(String text, long at) {}

  private final Blob blob;
  private final long at;
  private final String text;

  private NpyHeader(Blob blob, long at, String text) {
    this.blob = blob;
    this.at = at;
    this.text = text;
  }

  /**
   * @throws InvalidInputException if it is no .npy file, its type is none of {@link NpyType}, or
   *     its size is not what its shape needs
   */
  static StoredArray read(Blob blob) {
    try (ByteSource source = blob.open()) {
      checkMark(blob, source);
      int length = length(blob, source);
      long at = source.position();
      byte[] text = source.take(length, "a header");
      return new NpyHeader(blob, at, new String(text, StandardCharsets.ISO_8859_1)).array();
    }
  }

  private static void checkMark(Blob blob, ByteSource source) {
    byte[] mark = source.take(MARK.length, "the mark of a .npy file");
    if (!Arrays.equals(mark, MARK)) {
      throw blob.problemAt(
          0,
          HexFormat.ofDelimiter(" ").formatHex(mark),
          "93 4e 55 4d 50 59, the mark of a .npy file",
          mark[0] == 'P' && mark[1] == 'K' ? "it is an .npz file" : "it has another format");
    }
  }

  private static int length(Blob blob, ByteSource source) {
    byte[] version = source.take(2, "the version");
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw blob.problemAt(
          MARK.length,
          "version " + (version[0] & 0xff) + "." + (version[1] & 0xff),
          "1.0, 2.0 or 3.0",
          "the file is damaged, or NumPy's newest format is not known here yet");
    }
    long position = source.position();
    byte[] digits = source.take(version[0] == 1 ? 2 : 4, "the length of the header");
    long length = 0;
    for (int i = digits.length - 1; i >= 0; i--) {
      length = (length << 8) | (digits[i] & 0xff);
    }
    if (length > MAX_LENGTH) {
      String rule = "at most " + MAX_LENGTH;
      throw blob.problemAt(position, "a header of " + length + " bytes", rule, "it is damaged");
    }
    return (int) length;
  }

  private StoredArray array() {
    Map<String, Entry> entries = entries();
    Entry type = entries.get("descr");
    Entry order = entries.get("fortran_order");
    Entry shape = entries.get("shape");
    Item item = NpyType.item(blob, type.text, type.at);
    if (!List.of("True", "False").contains(order.text)) {
      throw wrong(order.at, "fortran_order " + order.text);
    }
    boolean fortran = order.text.equals("True");
    return StoredArray.of(blob, shape(shape), shape.at, fortran, item, at + text.length());
  }

  private Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    int end = text.startsWith("{") ? 1 : 0;
    Matcher matcher = ENTRY.matcher(text).region(end, text.length());
    while (end > 0 && matcher.find()) {
      entries.put(matcher.group(1), new Entry(matcher.group(2), at + matcher.start(2)));
      end = matcher.end();
      if (matcher.group(2).equals("[")) {
        throw NpyType.records(blob, at + matcher.start(2));
      }
    }
    if (entries.size() < 3 || !text.substring(end).strip().equals("}")) {
      String rest = text.substring(end).strip();
      throw wrong(at + end, "\"" + rest.substring(0, Math.min(40, rest.length())) + "\"");
    }
    return entries;
  }

  private long[] shape(Entry shape) {
    if (!shape.text.startsWith("(")) {
      throw wrong(shape.at, "shape " + shape.text);
    }
    String inner = shape.text.substring(1, shape.text.length() - 1).strip();
    if (inner.isEmpty()) {
      return new long[0];
    }
    List<String> sides = Arrays.stream(inner.split(",")).map(String::strip).toList();
    if (sides.size() > MAX_DIMENSIONS
        || !sides.stream().allMatch(side -> SIDE.matcher(side).matches())) {
      throw wrong(shape.at, "shape " + shape.text.substring(0, Math.min(40, shape.text.length())));
    }
    return sides.stream().mapToLong(side -> Long.parseLong(side.replace("L", ""))).toArray();
  }

  private InvalidInputException wrong(long position, String what) {
    return blob.problemAt(position, what, "a header such as " + RULE, "it is damaged");
  }
}
