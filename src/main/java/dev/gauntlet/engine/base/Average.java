package dev.gauntlet.engine.base;

/**
 * The mean of weights, running statistics and optimizer state over shards, each weighted by its
 * rows. Sums are in 64 bits and in the order in which shards are added, so that the mean is a
 * function of the shards alone; that of one shard is that shard, bit by bit.
 */
public final class Average {
  private double[] parameters;
  private double[] state;
  private long rows;

  /**
   * Adds a shard.
   *
   * @param count rows that it was trained on since the last averaging, from 1
   */
  public void add(Weights weights, int count) {
    if (parameters == null) {
      parameters = new double[weights.parameters().length];
      state = new double[weights.state().length];
    }
    add(weights.parameters(), count, parameters);
    add(weights.state(), count, state);
    rows += count;
  }

  private static void add(float[] values, double factor, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  /** Of at least one shard. */
  public Weights weights() {
    return new Weights(mean(parameters), mean(state));
  }

  private float[] mean(double[] sums) {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / rows);
    }
    return means;
  }
}
