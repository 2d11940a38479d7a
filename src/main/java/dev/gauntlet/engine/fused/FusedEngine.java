package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.Training;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Trains networks of dense layers and convolutions as DL4J does, from the same initial weights to
 * the same weights but for rounding, and without DL4J in a step: matrix products by BLAS,
 * everything else in loops over arrays that are there from the beginning.
 */
public final class FusedEngine implements TrainingEngine {
  private final Device device;

  public FusedEngine() {
    this(new Cpu());
  }

  FusedEngine(Device device) {
    this.device = device;
  }

  @Override
  public String name() {
    return "fused";
  }

  @Override
  public boolean supports(Candidate candidate) {
    return candidate.invalid() == null
        && plan(candidate, MultiLayerConfiguration.fromJson(candidate.network())).isPresent();
  }

  private static Optional<Plan> plan(Candidate candidate, MultiLayerConfiguration network) {
    return Plan.of(network).filter(plan -> plan.fits(candidate.plan().batchSize()));
  }

  @Override
  public TrainedModel train(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork initial = Networks.initialised(task);
    try {
      Plan plan =
          plan(task.candidate(), initial.getLayerWiseConfigurations())
              .orElseThrow(
                  () ->
                      new TrainingFailedException(
                          "a network that the engine fused does not train; engine: auto does"));
      if (task.training().features() != plan.features()) {
        throw new TrainingFailedException(
            "a network for rows of %d numbers; the rule: the %d that rows have"
                .formatted(plan.features(), task.training().features()));
      }
      if (!plan.loss().weighs() && Arrays.stream(task.classWeights()).anyMatch(one -> one != 1)) {
        throw Networks.unweighted(
            ((OutputLayer) initial.getOutputLayer().conf().getLayer()).getLossFn());
      }
      Layout layout = Layout.of(plan);
      Weights weights = layout.fromDl4j(Networks.weights(initial), plan.states());
      try (var learner = new FusedLearner(device, plan, layout, task, weights)) {
        var training = new Training(learner, task);
        training.run();
        byte[] checkpoint = training.checkpoint();
        LearningCurve curve = training.finish();
        return new FusedModel(
            device,
            task.candidate().network(),
            plan,
            layout,
            learner.weights(),
            learner.steps(),
            task.training().preprocessor(),
            task.training().numbers(),
            curve,
            checkpoint);
      }
    } finally {
      Networks.close(initial);
    }
  }
}
