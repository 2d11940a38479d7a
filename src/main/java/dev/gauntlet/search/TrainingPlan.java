package dev.gauntlet.search;

import dev.gauntlet.config.ClassWeights;
import dev.gauntlet.config.TrainingConfig;
import dev.gauntlet.config.TrainingConfig.EarlyStopping;

/**
 * How one candidate is trained.
 *
 * @param batchSize rows per step
 * @param epochs passes over the training rows, at most
 */
public record TrainingPlan(
    int batchSize, int epochs, ClassWeights classWeights, EarlyStopping earlyStopping) {

  static TrainingPlan of(TrainingConfig point) {
    return new TrainingPlan(
        point.batchSize().value(),
        point.epochs().value(),
        point.classWeights(),
        point.earlyStopping());
  }
}
