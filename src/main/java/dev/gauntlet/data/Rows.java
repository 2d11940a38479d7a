package dev.gauntlet.data;

import dev.gauntlet.config.SearchConfig.Task;

/**
 * Some rows of a dataset as a network sees them: encoded and scaled while they are copied, so that
 * no trial holds a matrix of its own.
 *
 * @param index rows of the dataset
 */
public record Rows(Dataset dataset, int[] index, Preprocessor preprocessor) {

  public int size() {
    return index.length;
  }

  /** Other rows of the dataset, seen in the same way. */
  public Rows at(int[] others) {
    return new Rows(dataset, others, preprocessor);
  }

  /** Inputs of a network. */
  public int features() {
    return preprocessor.width();
  }

  /** Outputs of a network. */
  public int outputs() {
    return dataset.outputs();
  }

  /** Whether a number is predicted, and not a class. */
  public boolean numbers() {
    return dataset.task() == Task.REGRESSION;
  }

  /** The number that is predicted for the i-th of these rows. */
  public float number(int i) {
    return dataset.number(index[i]);
  }

  /** The label of the i-th of these rows. */
  public int label(int i) {
    return dataset.label(index[i]);
  }

  /** Writes the i-th of these rows to {@code target[offset .. offset + features - 1]}. */
  public void copy(int i, float[] target, int offset) {
    preprocessor.apply(dataset, index[i], target, offset);
  }

  /** All of them, {@code size x features}. */
  public float[] matrix() {
    float[] values = new float[Math.multiplyExact(size(), features())];
    preprocessor.applyAll(dataset, index, values);
    return values;
  }
}
