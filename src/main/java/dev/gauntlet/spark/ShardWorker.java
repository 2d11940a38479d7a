package dev.gauntlet.spark;

import dev.gauntlet.config.Seed;
import dev.gauntlet.engine.base.LocalEpochs;
import dev.gauntlet.engine.base.NativeMemory;
import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.TrainingFailedException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * dl4j-spark's worker on one shard. It seeds dropout, which dl4j-spark leaves to chance; tells the
 * losses of all its steps, where dl4j-spark tells the last one; and frees native memory.
 */
final class ShardWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final ShardRound round;
  private final int shards;
  private int rows;
  private double loss;
  private String failure;

  ShardWorker(
      Broadcast<NetBroadcastTuple> sent,
      WorkerConfiguration configuration,
      ShardRound round,
      int shards) {
    super(sent, true, configuration, null, null, null);
    this.round = round;
    this.shards = shards;
  }

  /** What a shard gave, in arrays of the heap. */
  static final class Result extends ParameterAveragingTrainingResult {
    private static final long serialVersionUID = 1L;

    private final Answer answer;

    Result(Answer answer) {
      super(null, null, 0, null, null, null);
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet batch, MultiLayerNetwork network, boolean last) {
    try (INDArray features = batch.getFeatures();
        INDArray labels = batch.getLabels()) {
      if (failure == null) {
        step(batch, network);
      }
    }
    return last ? getFinalResult(network) : null;
  }

  private void step(DataSet batch, MultiLayerNetwork network) {
    LocalEpochs.requireWanted(round.epoch());
    if (rows == 0) {
      Networks.seedDropout(dropout(), round.epoch());
    }
    super.processMinibatch(batch, network, false);
    NativeMemory.step();
    rows += batch.numExamples();
    loss += network.score() * batch.numExamples();
    try {
      LocalEpochs.requireFinite(network.score(), round.epoch());
    } catch (TrainingFailedException e) {
      failure = e.getMessage();
    }
  }

  /** In the first round of an epoch that of plain training. */
  private Seed dropout() {
    Seed seed = round.seed(TaskContext.getPartitionId(), shards);
    return round.round() == 0 ? seed : seed.derive("round", round.round());
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(MultiLayerNetwork network) {
    Answer answer =
        failure == null
            ? new Answer(
                Networks.weights(network),
                network.getIterationCount(),
                rows,
                loss,
                null,
                null,
                null)
            : Answer.failed(failure);
    Networks.close(network);
    return new Result(answer);
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResultNoData() {
    return new Result(Answer.nothing());
  }
}
