package dev.gauntlet.spark;

import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.spark.ShardWorker.Result;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * dl4j-spark's master for one round: one job, with a task for each shard. Batches go from where
 * rows are straight to the worker, so nothing is stored, on a disk or elsewhere.
 *
 * <p>What workers give is handed out, in the order of the shards, and not added up here: dl4j-spark
 * adds in the order of arrival, which decides the last bits from three workers on, and lets a
 * worker with a batch of three rows count as much as one with a hundred.
 */
final class ShardMaster extends ParameterAveragingTrainingMaster {
  private final ShardRound round;
  private final int shards;
  private Broadcast<NetBroadcastTuple> sent;
  private List<Answer> answers;

  ShardMaster(ShardRound round, int shards) {
    super(
        new Builder(shards, round.batch())
            .batchSizePerWorker(round.batch())
            .averagingFrequency(round.length())
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .storageLevel(null));
    this.round = round;
    this.shards = shards;
  }

  /** After the fit. */
  List<Answer> answers() {
    return answers;
  }

  /** All that a round may have, which is no more than one split; to count them is a job. */
  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> batches) {
    return (long) shards * averagingFrequency;
  }

  /** As dl4j-spark's own, whose broadcast nobody could destroy. */
  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer fit) {
    MultiLayerNetwork network = fit.getNetwork();
    sent =
        fit.getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getLayerWiseConfigurations(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    int batch = round.batch();
    var configuration = new WorkerConfiguration(false, batch, batch, averagingFrequency, 0, false);
    return new ShardWorker(sent, configuration, round, shards);
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer fit,
      SparkComputationGraph none,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int split,
      int splits) {
    try {
      answers = results.map(result -> ((Result) result).answer()).collect();
    } finally {
      sent.destroy();
    }
  }
}
