package dev.gauntlet.spark;

import java.io.Serializable;

/**
 * Looks at the lines of a text file.
 *
 * @param <F> what it has found, filled line by line
 */
interface LineParser<F> extends Serializable {

  /** Nothing found yet. */
  F begin();

  /**
   * Looks at a line.
   *
   * @param line UTF-8, without its end
   * @param number of the line in its piece, from 0
   * @throws BadLineException if it is not what the format asks for
   */
  void parse(byte[] line, long number, F found) throws BadLineException;

  /** What is wrong with a line, without a full stop. */
  final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
      super(message, null, false, false);
    }
  }
}
