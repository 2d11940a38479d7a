package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;
import dev.gauntlet.train.TrainingTask;

/**
 * What a network is trained on.
 *
 * @param matrix of the rows, {@code rows.size() x rows.features()}; null if that is large, and rows
 *     are copied one by one
 * @param classes of each row; 0 for a number
 * @param numbers what one unit should put out for each row: 0 or 1, or a number at mean 0 and
 *     deviation 1
 * @param classWeights of each class in the loss, at least two
 */
record Examples(Rows rows, float[] matrix, int[] classes, float[] numbers, float[] classWeights) {

  static Examples of(TrainingTask task) {
    Rows rows = task.training();
    return new Examples(
        rows, Matrices.of(rows), classes(rows), numbers(rows), weights(task.classWeights()));
  }

  private static int[] classes(Rows rows) {
    int[] classes = new int[rows.size()];
    for (int i = 0; i < classes.length && !rows.numbers(); i++) {
      classes[i] = rows.label(i);
    }
    return classes;
  }

  private static float[] numbers(Rows rows) {
    float[] numbers = new float[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          rows.numbers()
              ? (rows.number(i) - rows.preprocessor().targetShift())
                  / rows.preprocessor().targetScale()
              : rows.label(i);
    }
    return numbers;
  }

  private static float[] weights(double[] given) {
    float[] weights = new float[Math.max(2, given.length)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < given.length ? (float) given[i] : 1;
    }
    return weights;
  }
}
