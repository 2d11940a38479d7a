package dev.gauntlet.data;

import java.io.Serializable;

/**
 * One fold of a cross-validation. Training rows are not held: there are as many of them in every
 * fold as there are rows.
 *
 * @param rows that are trained on or scored, ascending; folds may share them
 * @param heldOut rows that are scored, ascending, some of {@code rows}
 */
public record Fold(int[] rows, int[] heldOut) implements Serializable {

  /** Rows that are trained on, ascending. */
  public int[] training() {
    return Split.without(rows, heldOut);
  }

  /** How many rows are trained on. */
  public int trainingRows() {
    return rows.length - heldOut.length;
  }
}
