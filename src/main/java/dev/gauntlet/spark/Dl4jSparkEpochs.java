package dev.gauntlet.spark;

import dev.gauntlet.engine.base.Networks;
import dev.gauntlet.engine.dl4j.Dl4jEngine;
import dev.gauntlet.spark.ShardRound.Answer;
import dev.gauntlet.train.TrainingFailedException;
import dev.gauntlet.train.TrainingTask;
import dev.gauntlet.validate.Trial;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Epochs on executors through dl4j-spark, which trains any network of DL4J. Each round is a fit of
 * its own, because a fit of more than one deals the batches to rounds by its own generator, and
 * each round reads all of them.
 */
final class Dl4jSparkEpochs extends AveragedEpochs {
  private final SharedExperiment data;
  private final JavaSparkContext spark;
  private final Supplier<RDD<Integer>> numbers;

  /**
   * @param predictions answers what is no training
   * @param numbers of the shards, each a partition
   * @param length as in {@link AveragedEpochs}
   */
  Dl4jSparkEpochs(
      Batcher<ShardRound, List<Answer>> predictions,
      SharedExperiment data,
      JavaSparkContext spark,
      Supplier<RDD<Integer>> numbers,
      Trial trial,
      TrainingTask task,
      int length) {
    super(predictions, data.sharding(), trial, task, length);
    this.data = data;
    this.spark = spark;
    this.numbers = numbers;
  }

  @Override
  List<Answer> answers(ShardRound round) throws TrainingFailedException {
    if (round.predicts()) {
      return super.answers(round);
    }
    MultiLayerNetwork network = Dl4jEngine.network(task());
    try {
      if (round.weights() != null) {
        Networks.setWeights(network, round.weights());
      }
      network.setIterationCount(round.steps());
      network.setEpochCount(round.epoch() - 1);
      return trained(network, round.withoutWeights());
    } finally {
      Networks.close(network);
    }
  }

  private List<Answer> trained(MultiLayerNetwork network, ShardRound round) {
    int shards = data.sharding().shards();
    var batches = new ShardBatches(data, round, shards, Dl4jEngine.units(network));
    JavaRDD<DataSet> rows = numbers.get().toJavaRDD().mapPartitions(batches);
    var master = new ShardMaster(round, shards);
    new SparkDl4jMultiLayer(spark, network, master).fit(rows);
    return master.answers();
  }
}
