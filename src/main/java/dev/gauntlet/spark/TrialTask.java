package dev.gauntlet.spark;

import dev.gauntlet.RunningTrial;
import dev.gauntlet.spark.Scheduler.Attempt;
import dev.gauntlet.train.EngineFactory;
import dev.gauntlet.train.EpochListener;
import dev.gauntlet.train.TrainingEngine;
import dev.gauntlet.validate.Experiment;
import dev.gauntlet.validate.Trial;
import dev.gauntlet.validate.TrialResult;
import dev.gauntlet.validate.TrialRunner;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/**
 * What a task of Spark does: one attempt at a trial. It is a class of its own and no lambda,
 * because Spark reads the byte code around a lambda each time it gets one, which took a third of
 * the processor time that a trial costs beyond its training.
 *
 * @param checkpoint what the trial goes on from; null for none. A task is a message, and Spark has
 *     a limit for these: 128 MiB
 * @param latest hears of epochs
 * @param copies whether Spark may run copies of a task: then its second one is no second attempt
 * @param abandonable whether a training that does not end is left behind, rather than its process
 *     ended
 */
record TrialTask(
    SharedExperiment data,
    Broadcast<byte[]> checkpoint,
    EngineFactory engines,
    LatestEpoch latest,
    boolean copies,
    boolean abandonable)
    implements Function2<TaskContext, Iterator<Trial>, Attempt<TrialResult>>, Serializable {

  /**
   * @param trials one, without its checkpoint
   */
  @Override
  public Attempt<TrialResult> apply(TaskContext task, Iterator<Trial> trials) {
    Trial light = trials.next();
    String gpu = GpuShare.pin(task);
    if (task.attemptNumber() > 0 && !copies) {
      // Spark makes a task again whose executor is gone; how often a trial is, the driver decides.
      return broke(light, TrialResult.PROCESS_DIED);
    }
    return abandonable ? SideThread.call(() -> attempt(light, gpu)) : attempt(light, gpu);
  }

  private Attempt<TrialResult> attempt(Trial light, String gpu) {
    try {
      String host = SparkEnv.get().blockManager().blockManagerId().host();
      Trial trial = checkpoint == null ? light : light.from(checkpoint.value());
      return attempt(data.experiment(), engines, trial, listener(trial), host, gpu);
    } catch (Throwable e) {
      return broke(light, SparkErrors.brief(e));
    } finally {
      PieceValues.forget();
    }
  }

  /** Whatever goes wrong is an attempt that broke: Spark would end the process for some of it. */
  static Attempt<TrialResult> attempt(
      Experiment experiment,
      EngineFactory engines,
      Trial trial,
      EpochListener listener,
      String host,
      String gpu) {
    try {
      TrainingEngine engine = engines.of(experiment.config().run().engine(), trial.candidate());
      return new Attempt<>(
          new TrialRunner(experiment, engine, listener).run(trial, host, gpu), null);
    } catch (Throwable e) {
      return broke(trial, SparkErrors.brief(e));
    }
  }

  private EpochListener listener(Trial trial) {
    return (epoch, loss) -> latest.add(RunningTrial.of(trial, epoch, loss));
  }

  static Attempt<TrialResult> broke(Trial trial, String cause) {
    return new Attempt<>(TrialResult.failed(trial, cause), cause);
  }
}
