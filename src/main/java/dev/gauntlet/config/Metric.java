package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;

/** A score of predictions. */
public enum Metric {
  /** The fraction of rows whose most probable class is right. */
  ACCURACY(Direction.MAXIMIZE),
  /** The mean over classes of the fraction of the class's rows that are right. */
  BALANCED_ACCURACY(Direction.MAXIMIZE),
  /** The mean negative log probability of the right class. */
  LOG_LOSS(Direction.MINIMIZE),
  /** The root of the mean squared error, in the unit of the target. */
  RMSE(Direction.MINIMIZE, Task.REGRESSION),
  /** The mean absolute error, in the unit of the target. */
  MAE(Direction.MINIMIZE, Task.REGRESSION),
  /** 1 - squared error / squared error of the rows' own mean; at most 1. */
  R2(Direction.MAXIMIZE, Task.REGRESSION);

  private final Direction direction;
  private final Task task;

  Metric(Direction direction) {
    this(direction, Task.CLASSIFICATION);
  }

  Metric(Direction direction, Task task) {
    this.direction = direction;
    this.task = task;
  }

  /** The metric, or the usual one for null; it must score what the task predicts. */
  static Metric forTask(String key, Metric metric, Metric usual, Task task) {
    if (metric != null && metric.task != task) {
      throw new IllegalArgumentException(
          key
              + ": "
              + Names.word(metric)
              + " with task "
              + Names.word(task)
              + ". Maybe "
              + Names.word(usual)
              + ".");
    }
    return metric == null ? usual : metric;
  }

  public Direction direction() {
    return direction;
  }

  /** Whether larger or smaller is better. */
  public enum Direction {
    MAXIMIZE,
    MINIMIZE;

    /** Whether a is better than b. */
    public boolean better(double a, double b) {
      return this == MAXIMIZE ? a > b : a < b;
    }

    /** Orders best first; NaN last. */
    public int compare(double a, double b) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
      }
      return this == MAXIMIZE ? Double.compare(b, a) : Double.compare(a, b);
    }
  }
}
