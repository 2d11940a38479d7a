package dev.gauntlet.data;

/**
 * Some rows of a dataset as a network sees them: scaled while they are copied, so that no trial
 * holds a matrix of its own.
 *
 * @param index rows of the dataset
 */
public record Rows(Dataset dataset, int[] index, Scaler scaler) {

  public int size() {
    return index.length;
  }

  public int columns() {
    return dataset.columns().size();
  }

  public int classes() {
    return dataset.classes().size();
  }

  /** The label of the i-th of these rows. */
  public int label(int i) {
    return dataset.label(index[i]);
  }

  /** Writes the i-th of these rows, scaled, to {@code target[offset ..]}. */
  public void copy(int i, float[] target, int offset) {
    dataset.copyRow(index[i], target, offset);
    scaler.apply(target, offset);
  }
}
