package dev.gauntlet.spark;

import dev.gauntlet.RunningTrial;
import org.apache.spark.util.AccumulatorV2;

/**
 * How far a trial is, as its executor says with each heartbeat: an accumulator that keeps the last
 * value.
 */
final class LatestEpoch extends AccumulatorV2<RunningTrial, RunningTrial> {
  private static final long serialVersionUID = 1L;

  private volatile RunningTrial latest;

  @Override
  public boolean isZero() {
    return latest == null;
  }

  @Override
  public AccumulatorV2<RunningTrial, RunningTrial> copy() {
    var copy = new LatestEpoch();
    copy.latest = latest;
    return copy;
  }

  @Override
  public void reset() {
    latest = null;
  }

  @Override
  public void add(RunningTrial trial) {
    latest = trial;
  }

  @Override
  public void merge(AccumulatorV2<RunningTrial, RunningTrial> other) {
    if (other.value() != null) {
      latest = other.value();
    }
  }

  @Override
  public RunningTrial value() {
    return latest;
  }
}
