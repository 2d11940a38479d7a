package dev.gauntlet.spark;

import dev.gauntlet.data.Rows;
import dev.gauntlet.engine.base.NativeThreads;
import dev.gauntlet.engine.base.RowOrder;
import dev.gauntlet.engine.dl4j.Batches;
import dev.gauntlet.validate.Experiment.Shard;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The batches of a shard in a round, one by one, in the order in which {@link ShardTask} would take
 * them. All have the size that dl4j-spark is told, but for the last one of an epoch: it cuts up
 * what is larger, and puts together what is smaller and not the last, which gives wrong rows.
 *
 * @param units as in {@link Batches}
 */
record ShardBatches(SharedExperiment data, ShardRound round, int shards, int units)
    implements FlatMapFunction<Iterator<Integer>, DataSet> {

  /**
   * @param shard one
   */
  @Override
  public Iterator<DataSet> call(Iterator<Integer> shard) {
    // Before dl4j-spark makes a network in this thread.
    GpuShare.pin(TaskContext.get());
    NativeThreads.one();
    TaskCompletionListener forget = task -> PieceValues.forget();
    TaskContext.get().addTaskCompletionListener(forget);
    return batches(shard.next());
  }

  private Iterator<DataSet> batches(int number) {
    Shard shard = data.experiment().shard(round.trial(), number);
    Rows rows = shard.training();
    int from = round.from(rows.size());
    int to = round.to(rows.size());
    if (from == to) {
      return Collections.emptyIterator();
    }
    var order = new RowOrder(shard.windows());
    order.shuffle(round.epoch(), round.seed(number, shards));
    var batches = new Batches(rows, units);
    int batch = round.batch();
    return IntStream.iterate(from, at -> at < to, at -> at + batch)
        .mapToObj(at -> batch(batches, order.rows(), at, Math.min(batch, to - at)))
        .iterator();
  }

  private static DataSet batch(Batches batches, int[] order, int from, int size) {
    return new DataSet(batches.features(order, from, size), batches.labels(order, from, size));
  }
}
