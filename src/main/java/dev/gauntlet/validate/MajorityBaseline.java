package dev.gauntlet.validate;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;

/**
 * Predicts the most frequent class of the training rows, with the classes' shares as probabilities;
 * scikit-learn's {@code DummyClassifier(strategy="prior")}.
 */
public final class MajorityBaseline implements Baseline {

  @Override
  public float[] predictions(Rows training, Rows rows, Seed seed) {
    int classes = rows.outputs();
    int[] counts = training.dataset().classCounts(training.index());
    float[] probabilities = new float[rows.size() * classes];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) counts[i % classes] / training.size();
    }
    return probabilities;
  }
}
