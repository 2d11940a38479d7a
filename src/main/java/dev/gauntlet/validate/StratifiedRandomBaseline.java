package dev.gauntlet.validate;

import dev.gauntlet.config.Seed;
import dev.gauntlet.data.Rows;
import java.util.Random;

/**
 * Draws each row's class with the training rows' shares, and is sure of it: probabilities are 0 and
 * 1; scikit-learn's {@code DummyClassifier(strategy="stratified")}.
 */
public final class StratifiedRandomBaseline implements Baseline {

  @Override
  public float[] predictions(Rows training, Rows rows, Seed seed) {
    int classes = rows.outputs();
    Random random = seed.random();
    float[] probabilities = new float[rows.size() * classes];
    for (int i = 0; i < rows.size(); i++) {
      int drawn = training.label(random.nextInt(training.size()));
      probabilities[i * classes + drawn] = 1;
    }
    return probabilities;
  }
}
