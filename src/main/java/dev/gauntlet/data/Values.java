package dev.gauntlet.data;

import java.io.Serializable;

/** Where the numbers of a dataset are: each row whole in some array. */
public interface Values extends Serializable {

  /** An array that has a row; not to be changed. */
  float[] array(int row);

  /** Where in that array the row begins. */
  int place(int row);

  /**
   * All rows in one array, one after the other.
   *
   * @param array {@code rows x columns}
   */
  record Flat(float[] array, int columns) implements Values {
    private static final long serialVersionUID = 1L;

    @Override
    public float[] array(int row) {
      return array;
    }

    @Override
    public int place(int row) {
      return row * columns;
    }
  }
}
