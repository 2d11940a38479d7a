package dev.gauntlet.engine.fused;

import dev.gauntlet.engine.base.Learner;
import dev.gauntlet.engine.base.LocalEpochs;
import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.base.ShardEngine;
import dev.gauntlet.engine.base.Training;
import dev.gauntlet.engine.base.WeightOrder;
import dev.gauntlet.engine.base.Weights;
import dev.gauntlet.search.Candidate;
import dev.gauntlet.train.LearningCurve;
import dev.gauntlet.train.TrainedModel;
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
public final class FusedEngine implements ShardEngine {
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

  /** What a network is, and where its numbers are. */
  private record Compiled(Plan plan, Layout layout) implements WeightOrder {

    @Override
    public Weights toDl4j(Weights weights) {
      return layout.toDl4j(weights, plan.states());
    }

    @Override
    public Weights fromDl4j(Weights weights) {
      return layout.fromDl4j(weights, plan.states());
    }
  }

  /** Of a network that fits the task. */
  private static Compiled compiled(TrainingTask task, MultiLayerConfiguration network)
      throws TrainingFailedException {
    Plan plan =
        plan(task.candidate(), network)
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
      int last = network.getConfs().size() - 1;
      throw Networks.unweighted(((OutputLayer) network.getConf(last).getLayer()).getLossFn());
    }
    return new Compiled(plan, Layout.of(plan));
  }

  private static Compiled compiled(TrainingTask task) throws TrainingFailedException {
    return compiled(task, MultiLayerConfiguration.fromJson(task.candidate().network()));
  }

  @Override
  public TrainedModel train(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork initial = Networks.initialised(task);
    try {
      Compiled compiled = compiled(task, initial.getLayerWiseConfigurations());
      try (var learner = learner(compiled, task, weights(compiled, initial), 0)) {
        var training = new Training(new LocalEpochs(learner, task), task, compiled);
        training.run();
        byte[] checkpoint = training.checkpoint();
        LearningCurve curve = training.finish();
        return model(compiled, task, learner.weights(), learner.steps(), curve, checkpoint);
      }
    } finally {
      Networks.close(initial);
    }
  }

  @Override
  public Weights initial(TrainingTask task) throws TrainingFailedException {
    NativeThreads.one();
    MultiLayerNetwork initial = Networks.initialised(task);
    try {
      return weights(compiled(task, initial.getLayerWiseConfigurations()), initial);
    } finally {
      Networks.close(initial);
    }
  }

  private static Weights weights(Compiled compiled, MultiLayerNetwork network) {
    return compiled.fromDl4j(Networks.weights(network));
  }

  @Override
  public WeightOrder order(TrainingTask task) throws TrainingFailedException {
    return compiled(task);
  }

  @Override
  public Learner learner(TrainingTask task, Weights weights, int steps)
      throws TrainingFailedException {
    NativeThreads.one();
    return learner(compiled(task), task, weights, steps);
  }

  private FusedLearner learner(Compiled compiled, TrainingTask task, Weights weights, int steps) {
    return new FusedLearner(device, compiled.plan(), compiled.layout(), task, weights, steps);
  }

  @Override
  public TrainedModel model(
      TrainingTask task, Weights weights, int steps, LearningCurve curve, byte[] checkpoint)
      throws TrainingFailedException {
    return model(compiled(task), task, weights, steps, curve, checkpoint);
  }

  private FusedModel model(
      Compiled compiled,
      TrainingTask task,
      Weights weights,
      int steps,
      LearningCurve curve,
      byte[] checkpoint) {
    return new FusedModel(
        device,
        task.candidate().network(),
        compiled.plan(),
        compiled.layout(),
        weights,
        steps,
        task.training().preprocessor(),
        task.training().numbers(),
        curve,
        checkpoint);
  }
}
