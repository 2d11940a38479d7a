package dev.gauntlet.spark;

import dev.gauntlet.config.RunConfig.EngineChoice;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.engine.base.WeightsEngine;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EngineWrapper;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.io.Serializable;
import java.util.List;

/**
 * What came of a training on shards.
 *
 * @param network as in its candidate
 * @param weights null after a failure
 * @param failure why there are none; null if there are
 */
record Trained(
    String network,
    Weights weights,
    int steps,
    LearningCurve curve,
    byte[] checkpoint,
    String failure)
    implements Serializable {

  /** Engines that have what was trained, and train nothing. */
  record Engines(EngineFactory engines, List<Trained> trained) implements EngineFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public TrainingEngine of(EngineChoice choice, Candidate candidate) {
      return new Engine((WeightsEngine) engines.of(choice, candidate), trained);
    }
  }

  private record Engine(WeightsEngine engine, List<Trained> trained) implements EngineWrapper {

    @Override
    public TrainedModel train(TrainingTask task) throws TrainingFailedException {
      Trained known =
          trained.stream()
              .filter(one -> one.network().equals(task.candidate().network()))
              .findFirst()
              .orElseThrow();
      if (known.failure() != null) {
        throw new TrainingFailedException(known.failure());
      }
      return engine.model(task, known.weights(), known.steps(), known.curve(), known.checkpoint());
    }
  }
}
