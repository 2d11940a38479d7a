package dev.gauntlet.config;

/** A score of predicted class probabilities. */
public enum Metric {
  /** The fraction of rows whose most probable class is right. */
  ACCURACY(Direction.MAXIMIZE),
  /** The mean over classes of the fraction of the class's rows that are right. */
  BALANCED_ACCURACY(Direction.MAXIMIZE),
  /** The mean negative log probability of the right class. */
  LOG_LOSS(Direction.MINIMIZE);

  private final Direction direction;

  Metric(Direction direction) {
    this.direction = direction;
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
