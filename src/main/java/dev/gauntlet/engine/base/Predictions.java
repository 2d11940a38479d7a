package dev.gauntlet.engine.base;

import dev.gauntlet.data.Rows;

/** What a network puts out to what is predicted. */
public final class Predictions {
  private Predictions() {}

  /**
   * One unit for two classes gives the probability of the second.
   *
   * @param output {@code rows x units}
   * @return {@code rows x outputs}
   */
  public static float[] of(float[] output, int rows, int outputs) {
    if (outputs != 2 || output.length == 2 * rows) {
      return output;
    }
    float[] both = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      both[2 * i] = 1 - output[i];
      both[2 * i + 1] = output[i];
    }
    return both;
  }

  /** A network learns a number at mean 0 and standard deviation 1. */
  public static float[] unscaled(float[] predictions, Rows rows) {
    float shift = rows.preprocessor().targetShift();
    float scale = rows.preprocessor().targetScale();
    for (int i = 0; rows.numbers() && i < predictions.length; i++) {
      predictions[i] = predictions[i] * scale + shift;
    }
    return predictions;
  }
}
