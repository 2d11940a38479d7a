package dev.gauntlet.config;

import dev.gauntlet.config.SearchConfig.Task;
import java.util.Arrays;
import java.util.List;

/** A score of predictions, in its own unit and sign: a loss is a loss. */
public enum Metric {
  /** The fraction of rows whose most probable class is right. */
  ACCURACY(Direction.MAXIMIZE),
  /** The mean over classes of the fraction of the class's rows that are right. */
  BALANCED_ACCURACY(Direction.MAXIMIZE),
  /** Of the rows predicted to be of the last of two classes, the fraction that is. */
  PRECISION(Direction.MAXIMIZE),
  /** Of the rows of the last of two classes, the fraction predicted to be. */
  RECALL(Direction.MAXIMIZE),
  /** The harmonic mean of both. */
  F1(Direction.MAXIMIZE),
  /** The mean over the classes that occur in labels or predictions. */
  PRECISION_MACRO(Direction.MAXIMIZE),
  /** As {@link #PRECISION_MACRO}. */
  RECALL_MACRO(Direction.MAXIMIZE),
  /** As {@link #PRECISION_MACRO}. */
  F1_MACRO(Direction.MAXIMIZE),
  /** The mean over classes, each weighted by its rows. */
  PRECISION_WEIGHTED(Direction.MAXIMIZE),
  /** As {@link #PRECISION_WEIGHTED}; equals the accuracy. */
  RECALL_WEIGHTED(Direction.MAXIMIZE),
  /** As {@link #PRECISION_WEIGHTED}. */
  F1_WEIGHTED(Direction.MAXIMIZE),
  /** Matthews' correlation of labels and predictions, -1 to 1 (Gorodkin 2004); 0 by chance. */
  MCC(Direction.MAXIMIZE),
  /** The area under the curve of true over false positives; 0.5 by chance. */
  ROC_AUC(Direction.MAXIMIZE),
  /** The average precision, the area under the steps of precision over recall. */
  PR_AUC(Direction.MAXIMIZE),
  /** The mean negative log probability of the right class. */
  LOG_LOSS(Direction.MINIMIZE),
  /** The mean squared error of probabilities (Brier 1950), 0 to 1; 0 to 2 of more classes. */
  BRIER(Direction.MINIMIZE),
  /** How far probabilities are from frequencies, 0 to 1, in 10 bins. */
  CALIBRATION_ERROR(Direction.MINIMIZE),
  /** The mean squared error, in the square of the target's unit. */
  MSE(Direction.MINIMIZE, Task.REGRESSION),
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

  /** Those that score predictions of the task, in their order here. */
  public static List<Metric> of(Task task, int classes) {
    return Arrays.stream(values())
        .filter(metric -> metric.task == task && !(metric.ofTwoClasses() && classes != 2))
        .toList();
  }

  public Direction direction() {
    return direction;
  }

  /** What it scores. */
  public Task task() {
    return task;
  }

  /** Whether it is about the last of two classes, and there is no such metric of more. */
  public boolean ofTwoClasses() {
    return this == PRECISION || this == RECALL || this == F1;
  }

  /** Whether it has no unit, so that a difference of 0.005 is half a per cent point. */
  public boolean bounded() {
    return this != LOG_LOSS && this != MSE && this != RMSE && this != MAE;
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
