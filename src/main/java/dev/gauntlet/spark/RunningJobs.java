package dev.gauntlet.spark;

import dev.gauntlet.RunningTrial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The attempts that are under way, each a job group of Spark. Time counts from an attempt's first
 * task on, not while it waits for an executor.
 */
final class RunningJobs extends SparkListener {
  private static final String GROUP = "spark.jobGroup.id";

  private final SparkContext spark;
  private final Set<String> groups = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> stages = new ConcurrentHashMap<>();
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final Set<String> late = ConcurrentHashMap.newKeySet();
  private final Map<Long, RunningTrial> epochs = new ConcurrentHashMap<>();

  RunningJobs(SparkContext spark) {
    this.spark = spark;
    spark.addSparkListener(this);
  }

  /** The jobs that this thread starts from now on are one attempt; returns its name. */
  String begin() {
    String group = UUID.randomUUID().toString();
    groups.add(group);
    spark.setJobGroup(group, "gauntlet", true);
    return group;
  }

  void end(String group) {
    spark.clearJobGroup();
    groups.remove(group);
    started.remove(group);
    late.remove(group);
    stages.values().removeIf(group::equals);
  }

  /** Gives up what has been running for longer than this. */
  void cancelAfter(Duration timeout) {
    long now = System.nanoTime();
    started.forEach(
        (group, start) -> {
          if (now - start > timeout.toNanos() && groups.contains(group)) {
            late.add(group);
            // Again and again: a fit of a baseline may be between two jobs.
            spark.cancelJobGroup(group);
          }
        });
  }

  /** Whether an attempt was given up. */
  boolean isLate(String group) {
    return late.contains(group);
  }

  /** Gives up everything, as far as Spark still listens. */
  void cancelAll() {
    groups.forEach(spark::cancelJobGroup);
  }

  /** What the driver knows by itself. */
  void tell(RunningTrial trial) {
    // Executors' are from 0 on.
    long key = Objects.hash(trial.kind(), trial.candidate(), trial.index()) & 0xffffffffL;
    epochs.put(-1 - key, trial);
  }

  /** What executors have said since the last call, or most of it. */
  List<RunningTrial> news() {
    List<RunningTrial> news = List.copyOf(epochs.values());
    epochs.clear();
    return news;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String group = job.properties() == null ? null : job.properties().getProperty(GROUP);
    if (group != null && groups.contains(group)) {
      for (Object stage : JavaConverters.seqAsJavaList(job.stageIds())) {
        stages.put((Integer) stage, group);
      }
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    String group = stages.get(task.stageId());
    if (group != null) {
      started.putIfAbsent(group, System.nanoTime());
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.seqAsJavaList(update.accumUpdates())) {
      for (AccumulableInfo value : JavaConverters.seqAsJavaList(task._4())) {
        if (value.update().isDefined() && value.update().get() instanceof RunningTrial trial) {
          epochs.put(value.id(), trial);
        }
      }
    }
  }
}
