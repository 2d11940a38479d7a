package dev.gauntlet.validate;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import java.util.Arrays;

/**
 * Predicts the mean of the training rows; scikit-learn's {@code DummyRegressor(strategy="mean")}.
 */
public final class MeanBaseline implements Baseline {

  @Override
  public float[] predictions(Rows training, Rows rows, Seed seed) {
    double sum = 0;
    for (int i = 0; i < training.size(); i++) {
      sum += training.number(i);
    }
    float[] predictions = new float[rows.size()];
    Arrays.fill(predictions, (float) (sum / training.size()));
    return predictions;
  }
}
