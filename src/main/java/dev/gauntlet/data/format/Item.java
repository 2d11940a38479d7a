package dev.gauntlet.data.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How one item of an array is stored.
 *
 * @param size in bytes, at least 1; 1, 2, 4 or 8 for integers, 4 or 8 for floats, a multiple of 4
 *     for UTF-32
 */
record Item(Kind kind, int size, ByteOrder order) {
  /** Whole numbers up to here have a double of their own. */
  private static final double MAX_WHOLE = 1L << 53;

  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOAT,
    TRUTH,
    /** Padded with zeros at the end, as {@link #UTF8}. */
    UTF32,
    UTF8
  }

  boolean text() {
    return kind == Kind.UTF32 || kind == Kind.UTF8;
  }

  /** The nearest float of a number that is not {@link #text}. */
  float number(ByteBuffer bytes, int at) {
    return switch (kind) {
      case FLOAT -> size == 4 ? bytes.getFloat(at) : (float) bytes.getDouble(at);
      case TRUTH -> bytes.get(at) == 0 ? 0 : 1;
      case UNSIGNED -> size == 8 ? unsigned(bytes.getLong(at)) : integer(bytes, at);
      default -> integer(bytes, at);
    };
  }

  /** The name of a class: non-empty text or a whole number; empty if the item is neither. */
  Optional<String> label(ByteBuffer bytes, int at) {
    return switch (kind) {
      case SIGNED -> Optional.of(Long.toString(integer(bytes, at)));
      case UNSIGNED -> Optional.of(Long.toUnsignedString(integer(bytes, at)));
      case TRUTH -> Optional.of(bytes.get(at) == 0 ? "false" : "true");
      case FLOAT -> whole(size == 4 ? bytes.getFloat(at) : bytes.getDouble(at));
      case UTF32 -> utf32(bytes, at);
      case UTF8 -> utf8(bytes, at);
    };
  }

  /** As the person who looks for it would write it. */
  String show(ByteBuffer bytes, int at) {
    if (kind == Kind.FLOAT) {
      return String.valueOf(size == 4 ? bytes.getFloat(at) : bytes.getDouble(at));
    }
    if (text()) {
      byte[] start = copy(bytes, at, Math.min(size, 16));
      return "text " + HexFormat.ofDelimiter(" ").formatHex(start);
    }
    return label(bytes, at).orElseThrow();
  }

  private long integer(ByteBuffer bytes, int at) {
    boolean signed = kind == Kind.SIGNED;
    return switch (size) {
      case 1 -> signed ? bytes.get(at) : Byte.toUnsignedLong(bytes.get(at));
      case 2 -> signed ? bytes.getShort(at) : Short.toUnsignedLong(bytes.getShort(at));
      case 4 -> signed ? bytes.getInt(at) : Integer.toUnsignedLong(bytes.getInt(at));
      default -> bytes.getLong(at);
    };
  }

  /** Halves what does not fit a long; the bit that falls off stays, as it decides the rounding. */
  private static float unsigned(long value) {
    return value >= 0 ? value : 2f * ((value >>> 1) | (value & 1));
  }

  private static Optional<String> whole(double value) {
    return value == Math.rint(value) && Math.abs(value) <= MAX_WHOLE
        ? Optional.of(Long.toString((long) value))
        : Optional.empty();
  }

  private Optional<String> utf32(ByteBuffer bytes, int at) {
    int end = at + size;
    while (end > at && bytes.getInt(end - 4) == 0) {
      end -= 4;
    }
    StringBuilder text = new StringBuilder();
    for (int i = at; i < end; i += 4) {
      int point = bytes.getInt(i);
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (!Character.isValidCodePoint(point) || surrogate) {
        return Optional.empty();
      }
      text.appendCodePoint(point);
    }
    return Optional.of(text.toString()).filter(found -> !found.isEmpty());
  }

  private Optional<String> utf8(ByteBuffer bytes, int at) {
    int end = at + size;
    while (end > at && bytes.get(end - 1) == 0) {
      end--;
    }
    try {
      var used = ByteBuffer.wrap(copy(bytes, at, end - at));
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(used);
      return Optional.of(text.toString()).filter(found -> !found.isEmpty());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static byte[] copy(ByteBuffer bytes, int at, int count) {
    byte[] copy = new byte[count];
    bytes.get(at, copy);
    return copy;
  }
}
