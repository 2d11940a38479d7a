package dev.gauntlet.validate;

import java.util.regex.Pattern;

/** Text in the cells of a table that a spreadsheet may open. */
public final class Cells {
  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String FORMULAS = "=+-@\t\r";

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");

  private Cells() {}

  /** The text, behind an apostrophe if a spreadsheet would compute it. A number is harmless. */
  public static String neutral(String text) {
    boolean formula =
        !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
    return formula ? "'" + text : text;
  }
}
