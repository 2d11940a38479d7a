package dev.gauntlet.data.format;

import dev.gauntlet.config.InvalidInputException;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NumPy's names of types ({@code <f4}: byte order, kind, size) that can be features or labels. */
final class NpyType {
  /** A label of more characters is no name of a class. */
  private static final int MAX_CHARACTERS = 10_000;

  private static final Pattern NAME =
      Pattern.compile("['\"]([<>|=]?)([A-Za-z])([0-9]{0,9}).*['\"]");
  private static final String NUMBERS = "b1, i1, i2, i4, i8, u1, u2, u4, u8, f4 or f8";

  private static final Map<String, Item.Kind> KINDS =
      Map.ofEntries(
          Map.entry("b1", Item.Kind.TRUTH),
          Map.entry("i1", Item.Kind.SIGNED),
          Map.entry("i2", Item.Kind.SIGNED),
          Map.entry("i4", Item.Kind.SIGNED),
          Map.entry("i8", Item.Kind.SIGNED),
          Map.entry("u1", Item.Kind.UNSIGNED),
          Map.entry("u2", Item.Kind.UNSIGNED),
          Map.entry("u4", Item.Kind.UNSIGNED),
          Map.entry("u8", Item.Kind.UNSIGNED),
          Map.entry("f4", Item.Kind.FLOAT),
          Map.entry("f8", Item.Kind.FLOAT));

  private NpyType() {}

  /**
   * @param text in quotes
   * @param at its place, for errors
   */
  static Item item(Blob blob, String text, long at) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw unknown(blob, text, at);
    }
    // "=" is the order of the machine that wrote the file; big-endian ones are museum pieces.
    boolean big = name.group(1).equals(">");
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return switch (name.group(2)) {
      case "O" -> throw objects(blob, text, at);
      case "U" -> new Item(Item.Kind.UTF32, 4 * characters(blob, name, at), order);
      case "S", "a" -> new Item(Item.Kind.UTF8, characters(blob, name, at), order);
      default -> number(blob, name, order, at);
    };
  }

  private static int characters(Blob blob, Matcher name, long at) {
    int count = name.group(3).isEmpty() ? 0 : Integer.parseInt(name.group(3));
    if (count < 1 || count > MAX_CHARACTERS) {
      throw blob.problemAt(
          at,
          "dtype " + name.group() + " of " + count + " characters",
          "1 to " + MAX_CHARACTERS,
          "these are no labels");
    }
    return count;
  }

  private static Item number(Blob blob, Matcher name, ByteOrder order, long at) {
    String inner = name.group().substring(1, name.group().length() - 1);
    Item.Kind kind = KINDS.get(inner.substring(name.group(1).length()));
    if (kind == null) {
      throw unknown(blob, name.group(), at);
    }
    return new Item(kind, Integer.parseInt(name.group(3)), order);
  }

  private static InvalidInputException objects(Blob blob, String text, long at) {
    return blob.problemAt(
        at,
        "dtype " + text + " holds Python objects",
        "numbers",
        "save it with allow_pickle=False as float32, or text labels with astype(str)");
  }

  static InvalidInputException records(Blob blob, long at) {
    return blob.problemAt(
        at, "dtype [...] holds records", "numbers", "save its fields as columns of one float32");
  }

  private static InvalidInputException unknown(Blob blob, String text, long at) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return blob.problemAt(
        at, "dtype " + shown, NUMBERS + ", or U or S for labels", "save it as float32");
  }
}
