package dev.gauntlet.train;

import dev.gauntlet.data.Rows;

/** A model that predicts around another, and is it in all else. */
public interface ModelWrapper extends TrainedModel {

  TrainedModel model();

  @Override
  default DropoutSampler sampler(Rows rows) {
    return model().sampler(rows);
  }

  @Override
  default LearningCurve curve() {
    return model().curve();
  }

  @Override
  default byte[] checkpoint() {
    return model().checkpoint();
  }

  @Override
  default byte[] file() {
    return model().file();
  }

  @Override
  default void close() {
    model().close();
  }
}
